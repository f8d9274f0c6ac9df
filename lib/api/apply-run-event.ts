import type { OutputPartDto, RunDto, RunEventDto, RunJobDto } from './runs.ts'

/** Kept of what a job wrote so far, in UTF-16 units. */
const TAIL_MAX_LENGTH = 16_384

/**
 * The run after an event. Server and page hold the same run because both make it with this. A job is found by its
 * platform; an event for one that is not in the run changes nothing.
 */
export function applyRunEvent(run: RunDto, event: RunEventDto): RunDto {
  switch (event.event) {
    case 'snapshot':
    case 'finished':
      return event.data
    case 'phase':
      return withJob(begun(run, event.data), event.data.platform, (job) => entered(job, event.data))
    case 'progress': {
      const { platform, ...progress } = event.data
      return withJob(run, platform, (job) => ({ ...job, progress }))
    }
    case 'output': {
      const { platform, parts } = event.data
      return withJob(run, platform, (job) => ({ ...job, tail: tailOf([...(job.tail ?? []), ...parts]) }))
    }
    case 'job':
      return withJob(run, event.data.platform, () => event.data)
  }
}

/** The end of these parts, 16 KiB at most, neighbours of one stream joined. */
export function tailOf(parts: readonly OutputPartDto[]): OutputPartDto[] {
  const tail: OutputPartDto[] = []
  let room = TAIL_MAX_LENGTH
  for (const { stream, text } of parts.toReversed()) {
    if (room === 0) break
    const kept = text.slice(-room)
    room -= kept.length
    const first = tail[0]
    if (first?.stream === stream) tail[0] = { stream, text: kept + first.text }
    else tail.unshift({ stream, text: kept })
  }
  return tail
}

type PhaseData = Extract<RunEventDto, { event: 'phase' }>['data']

function begun(run: RunDto, { state, startedAt }: PhaseData): RunDto {
  if (run.state !== 'queued' || state === 'queued') return run
  return { ...run, state: 'running', ...(startedAt && !run.startedAt ? { startedAt } : {}) }
}

/** What a phase does not say stays as it was; bytes are told of a pull, output of the attempt that goes on. */
function entered(job: RunJobDto, data: PhaseData): RunJobDto {
  const said = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
  const { progress, tail, ...rest } = job
  const isNewAttempt = data.attempt !== undefined && data.attempt !== job.attempt
  return {
    ...rest,
    ...(said as PhaseData),
    ...(progress && data.phase === 'pulling' ? { progress } : {}),
    ...(tail && !isNewAttempt && data.state !== 'queued' ? { tail } : {}),
  }
}

function withJob(run: RunDto, platform: string, change: (job: RunJobDto) => RunJobDto): RunDto {
  return { ...run, jobs: run.jobs.map((job) => (job.platform === platform ? change(job) : job)) }
}
