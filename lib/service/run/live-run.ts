import { randomUUID } from 'node:crypto'
import { applyRunEvent, tailOf } from '#lib/api/apply-run-event.ts'
import type { OutputPartDto, RunDto, RunEventDto, RunProgressDto } from '#lib/api/runs.ts'
import { KeptOutput } from './kept-output.ts'
import { overJobDto } from './run-dto.ts'
import type { JobPhase, RunEvent } from './run-events.ts'

/** Output is gathered this long before it goes out together. */
const OUTPUT_EVERY_MS = 80
/** Progress of a job goes out no more often than this. */
const PROGRESS_EVERY_MS = 250
/** What a reader that comes back, or is slow, can still be given; beyond it gets a new snapshot. */
const LOG_MAX_EVENTS = 1_000
const LOG_MAX_OUTPUT_LENGTH = 1 << 20

/** An event with the id by which a reader says what it saw last. */
export type IdentifiedRunEvent = RunEventDto & { readonly id: string }

interface Pending {
  parts: OutputPartDto[]
  progress: RunProgressDto | undefined
  progressAtMs: number
}

/**
 * A run that is being worked on: what is known of it now, and its latest events for any number of readers. A reader
 * holds a place in the one log, nothing of its own, so that a slow one costs nothing.
 */
export class LiveRun {
  private state: RunDto
  private readonly now: () => Date
  private readonly epoch = randomUUID().slice(0, 8)
  private readonly log: RunEventDto[] = []
  /** The number of the first event in the log. */
  private first = 1
  private outputLength = 0
  private readonly pending = new Map<string, Pending>()
  private readonly outputs = new Map<string, KeptOutput>()
  private readonly waiting = new Set<() => void>()
  private timer: NodeJS.Timeout | undefined
  private isOver = false

  constructor(run: RunDto, now: () => Date) {
    this.state = run
    this.now = now
  }

  /** The run as it is now. */
  get run(): RunDto {
    this.flush()
    return this.state
  }

  /** All that is kept of what a job wrote so far; undefined for one that wrote nothing yet, or is over. */
  written(platform: string): KeptOutput | undefined {
    return this.outputs.get(platform)
  }

  /** Takes what happens in a job. The run's own end is told by `finish`. */
  readonly take = (event: RunEvent): void => {
    switch (event.type) {
      case 'phase':
        if (event.phase !== 'finished' && event.phase !== 'cancelled') this.enter(event, event.phase)
        return
      case 'progress': {
        const { phase, doneBytes, totalBytes } = event
        this.pendingOf(event.platform).progress = { phase, doneBytes, totalBytes }
        this.schedule()
        return
      }
      case 'output': {
        const pending = this.pendingOf(event.platform)
        this.keep(event)
        pending.parts = tailOf([...pending.parts, { stream: event.stream, text: event.text }])
        this.schedule()
        return
      }
      case 'job': {
        const { job } = event
        this.flushJob(job.platform)
        this.outputs.delete(job.platform)
        const startedAt = this.state.jobs.find((each) => each.platform === job.platform)?.startedAt
        const times = { ...(startedAt ? { startedAt } : {}), finishedAt: this.now().toISOString() }
        this.publish({ event: 'job', data: overJobDto(job, times) })
        return
      }
      case 'planned':
      case 'finished':
        return
    }
  }

  /** The run is over and kept; readers end. */
  finish(run: RunDto): void {
    this.flush()
    this.publish({ event: 'finished', data: run })
    this.end()
  }

  /** Work on it stopped before it was over; readers end, and come back for more. */
  end(): void {
    clearTimeout(this.timer)
    this.isOver = true
    this.wake()
  }

  /** Events after the one that the reader saw last, else from a snapshot of now, until the run or the reader ends. */
  async *follow(lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<IdentifiedRunEvent> {
    let next = this.placeAfter(lastEventId)
    while (!signal.aborted) {
      if (next === undefined || next < this.first) {
        const data = this.run
        next = this.nextNumber
        yield { event: 'snapshot', data, id: this.idOf(next - 1) }
        if (this.isOver && this.isFinished)
          yield { event: 'finished', data: this.state, id: this.idOf(next - 1) }
      } else if (next < this.nextNumber) {
        const event = this.log[next - this.first]
        if (event) yield { ...event, id: this.idOf(next) }
        next++
      } else if (this.isOver) return
      else await this.changed(signal)
    }
  }

  private get nextNumber(): number {
    return this.first + this.log.length
  }

  private get isFinished(): boolean {
    return this.state.state === 'finished' || this.state.state === 'cancelled'
  }

  private idOf(number: number): string {
    return `${this.epoch}-${number}`
  }

  private placeAfter(lastEventId: string | undefined): number | undefined {
    const [epoch, number = ''] = lastEventId?.split('-') ?? []
    if (epoch !== this.epoch || !/^\d{1,9}$/.test(number)) return undefined
    const next = Number(number) + 1
    return next <= this.nextNumber ? next : undefined
  }

  private enter(event: Extract<RunEvent, { type: 'phase' }>, phase: JobPhase): void {
    const { platform, engine, mode, attempt } = event
    const pending = this.pendingOf(platform)
    pending.progress = undefined
    this.flushJob(platform)
    const job = this.state.jobs.find((each) => each.platform === platform)
    if (phase === 'queued' || (attempt !== undefined && attempt !== job?.attempt))
      this.outputs.delete(platform)
    this.publish({
      event: 'phase',
      data: {
        platform,
        state: phase === 'preparing' || phase === 'cleaning-up' ? 'running' : phase,
        phase,
        startedAt: job?.startedAt ?? this.now().toISOString(),
        ...(engine ? { engineLabel: engine } : {}),
        ...(mode ? { mode } : {}),
        ...(attempt ? { attempt } : {}),
      },
    })
  }

  private keep({ platform, stream, text }: Extract<RunEvent, { type: 'output' }>): void {
    const kept = this.outputs.get(platform) ?? new KeptOutput()
    this.outputs.set(platform, kept)
    kept.add(stream, text)
  }

  private pendingOf(platform: string): Pending {
    const known = this.pending.get(platform)
    if (known) return known
    const pending: Pending = { parts: [], progress: undefined, progressAtMs: Number.NEGATIVE_INFINITY }
    this.pending.set(platform, pending)
    return pending
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      for (const platform of this.pending.keys()) this.flushJob(platform, PROGRESS_EVERY_MS)
      if ([...this.pending.values()].some(({ progress }) => progress !== undefined)) this.schedule()
    }, OUTPUT_EVERY_MS)
  }

  private flush(): void {
    for (const platform of this.pending.keys()) this.flushJob(platform)
  }

  private flushJob(platform: string, progressEveryMs = 0): void {
    const pending = this.pending.get(platform)
    if (pending === undefined) return
    const { parts, progress, progressAtMs } = pending
    if (parts.length > 0) {
      pending.parts = []
      this.publish({ event: 'output', data: { platform, parts } })
    }
    const nowMs = performance.now()
    if (progress === undefined || nowMs - progressAtMs < progressEveryMs) return
    pending.progress = undefined
    pending.progressAtMs = nowMs
    this.publish({ event: 'progress', data: { platform, ...progress } })
  }

  private publish(event: RunEventDto): void {
    this.state = applyRunEvent(this.state, event)
    this.log.push(event)
    this.outputLength += outputLength(event)
    while (this.log.length > LOG_MAX_EVENTS || this.outputLength > LOG_MAX_OUTPUT_LENGTH) {
      const dropped = this.log.shift()
      if (dropped === undefined) break
      this.first++
      this.outputLength -= outputLength(dropped)
    }
    this.wake()
  }

  private changed(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const done = () => {
      signal.removeEventListener('abort', done)
      this.waiting.delete(done)
      resolve()
    }
    this.waiting.add(done)
    signal.addEventListener('abort', done, { once: true })
    return promise
  }

  private wake(): void {
    for (const done of this.waiting) done()
  }
}

function outputLength(event: RunEventDto): number {
  return event.event === 'output' ? event.data.parts.reduce((sum, { text }) => sum + text.length, 0) : 0
}
