import { formatBytes } from '#components/ui/bytes.ts'
import { formatDuration } from '#components/ui/duration.ts'
import type { FindingDto } from '#lib/api/parts.ts'
import type { OutputPartDto, RunJobDto } from '#lib/api/runs.ts'
import { comparePlatformTexts } from '#lib/oci/platform.ts'
import type { Verdict } from '#lib/report/verdict.ts'
import { outputParts } from './terminal-text.ts'

/** What stands beside a platform: its verdict, or what goes on. */
export type LaneMark =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'activity'; readonly word: string; readonly isMoving: boolean }
  | { readonly kind: 'cancelled' }

/** One stretch of the way that every job goes. */
export interface LanePhase {
  readonly word: string
  readonly state: 'done' | 'now' | 'next'
}

/** How far a pull is. `share` is absent while nobody knows how much there is. */
export interface LaneProgress {
  readonly share?: number
  readonly text: string
}

/** One platform of a run as its lane shows it. */
export interface Lane {
  readonly platform: string
  readonly mark: LaneMark
  /** `emulated · Docker 20.10.24 on build-1` */
  readonly where?: string
  /** Of a job that goes on. */
  readonly phases: readonly LanePhase[]
  readonly progress?: LaneProgress
  /** Of a job that is over: `pulled 68.0 MB in 1.2 s`, `ran 0.4 s`. */
  readonly steps: readonly string[]
  readonly output: readonly OutputPartDto[]
  /** Bytes written, where not all of them were kept. */
  readonly outputLostOf?: number
  readonly isWriting: boolean
  readonly text?: string
  readonly exitCode?: number
  /** Facts about the execution that are worth a word: the time limit, the memory, repeated attempts. */
  readonly marks: readonly string[]
  readonly findings: readonly FindingDto[]
  readonly time: LaneTime | undefined
}

/** How long a job took, or since when it goes on. */
export type LaneTime =
  | { readonly kind: 'took'; readonly durationMs: number }
  | { readonly kind: 'since'; readonly at: string }

/** The lanes of a run, in the fixed order of platforms. */
export function lanes(jobs: readonly RunJobDto[]): readonly Lane[] {
  return jobs.toSorted((a, b) => comparePlatformTexts(a.platform, b.platform)).map(laneOf)
}

function laneOf(job: RunJobDto): Lane {
  const { platform, execution, engineLabel, findings, text } = job
  const isOver = job.state === 'finished' || job.state === 'cancelled'
  const mode = execution?.mode ?? job.mode
  const engine = execution?.engine ?? engineLabel
  const where = [mode, engine].filter((part) => part !== undefined).join(' · ')
  const progress = isOver ? undefined : progressOf(job)
  return {
    platform,
    mark: markOf(job),
    ...(where === '' ? {} : { where }),
    phases: isOver || job.state === 'waiting' ? [] : phasesOf(job),
    ...(progress ? { progress } : {}),
    steps: isOver ? stepsOf(job) : [],
    output: execution ? outputParts(execution.output, execution.outputParts) : (job.tail ?? []),
    ...(execution?.outputTruncated ? { outputLostOf: execution.outputBytes } : {}),
    isWriting: !isOver && job.state !== 'waiting',
    ...(job.state === 'waiting' ? { text: ELSEWHERE } : text === undefined ? {} : { text }),
    ...(execution?.exitCode === undefined ? {} : { exitCode: execution.exitCode }),
    marks: marksOf(job),
    findings,
    time: timeOf(job),
  }
}

const ELSEWHERE = 'Runs on another machine, which submits its result.'

const WORDS: Readonly<Record<RunJobDto['phase'], string>> = {
  queued: 'Queued',
  waiting: 'Waiting',
  pulling: 'Pulling',
  preparing: 'Preparing',
  running: 'Running',
  'cleaning-up': 'Cleaning up',
  finished: 'Finished',
  cancelled: 'Cancelled',
}

function markOf({ state, verdict, phase }: RunJobDto): LaneMark {
  if (state === 'cancelled') return { kind: 'cancelled' }
  if (state === 'finished' && verdict) return { kind: 'verdict', verdict }
  return { kind: 'activity', word: WORDS[phase], isMoving: phase !== 'queued' && phase !== 'waiting' }
}

const WAY: readonly RunJobDto['phase'][] = ['pulling', 'preparing', 'running', 'cleaning-up']
const WAY_WORDS = ['Pull', 'Prepare', 'Run', 'Clean up']

function phasesOf({ phase }: RunJobDto): LanePhase[] {
  const now = WAY.indexOf(phase)
  return WAY_WORDS.map((word, at) => ({
    word,
    state: at < now ? 'done' : at === now ? 'now' : 'next',
  }))
}

function progressOf({ phase, progress }: RunJobDto): LaneProgress | undefined {
  if (phase !== 'pulling' || !progress) return undefined
  const { doneBytes, totalBytes } = progress
  if (totalBytes <= 0) return { text: progress.phase === 'extracting' ? 'Unpacking' : 'Asking the registry' }
  const share = Math.min(1, Math.max(0, doneBytes / totalBytes))
  const amount = `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`
  return { share, text: progress.phase === 'extracting' ? `Unpacking · ${amount}` : amount }
}

const STEP_WORDS = {
  pull: 'pulled',
  load: 'loaded',
  create: 'created',
  look: 'looked at the entrypoint',
  run: 'ran',
  remove: 'cleaned up',
  repeat: 'repeated',
  uname: 'asked its uname',
} as const

function stepsOf({ steps }: RunJobDto): string[] {
  return (steps ?? []).map(({ name, durationMs, bytes, attempt, on }) => {
    const amount = bytes === undefined || bytes === 0 ? '' : ` ${formatBytes(bytes)}`
    const again = attempt === undefined || attempt < 2 ? '' : ' again'
    const where = on === undefined ? '' : ` on ${on}`
    return `${STEP_WORDS[name]}${where}${again}${amount} in ${formatDuration(durationMs)}`
  })
}

function marksOf({ execution, attempt }: RunJobDto): string[] {
  const attempts = execution?.attempts ?? attempt ?? 1
  return [
    ...(attempts > 1 ? [`attempt ${attempts}: the emulator crashed before`] : []),
    ...(execution?.timedOut ? [execution.service ? 'stopped when all was seen' : 'hit the time limit'] : []),
    ...(execution?.oomKilled ? ['hit the memory limit'] : []),
  ]
}

function timeOf({ state, startedAt, finishedAt }: RunJobDto): LaneTime | undefined {
  if (startedAt === undefined) return undefined
  if (finishedAt !== undefined)
    return { kind: 'took', durationMs: Date.parse(finishedAt) - Date.parse(startedAt) }
  return state === 'finished' || state === 'cancelled' ? undefined : { kind: 'since', at: startedAt }
}
