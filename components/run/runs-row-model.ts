import type { Tone } from '#components/ui/tone-icon.tsx'
import type { RunSummaryDto } from '#lib/api/runs.ts'
import { comparePlatformTexts } from '#lib/oci/platform.ts'
import type { LaneMark, LaneTime } from './lane-model.ts'
import { VERDICT_LOOKS } from './verdict-look.ts'

/** One platform of a run, small. */
export interface PlatformVerdict {
  readonly platform: string
  /** Absent while it is not over. */
  readonly tone: Tone | undefined
  /** `passed`, `running`. */
  readonly word: string
  readonly isEmulated: boolean
}

/** A run as a line of the list. */
export interface RunRow {
  readonly id: string
  /** Without the digest that a repeated run is pinned by. */
  readonly reference: string
  readonly mark: LaneMark
  readonly platforms: readonly PlatformVerdict[]
  readonly time: LaneTime | undefined
  readonly createdAt: string
  /** It is over, so that it has a report. */
  readonly isComparable: boolean
}

/** Whether a run still goes on. */
export function isActive({ state }: Pick<RunSummaryDto, 'state'>): boolean {
  return state === 'queued' || state === 'running'
}

/** A run as a line of the list, its platforms in the fixed order. */
export function runRow(run: RunSummaryDto): RunRow {
  const { id, reference, createdAt, finishedAt, jobs } = run
  const at = reference.indexOf('@')
  const isTagged = at > 0 && reference.lastIndexOf(':', at) > reference.lastIndexOf('/', at)
  return {
    id,
    reference: isTagged ? reference.slice(0, at) : reference,
    mark: markOf(run),
    platforms: jobs.toSorted((a, b) => comparePlatformTexts(a.platform, b.platform)).map(platformVerdict),
    time: isActive(run)
      ? { kind: 'since', at: createdAt }
      : finishedAt === undefined
        ? undefined
        : { kind: 'took', durationMs: Date.parse(finishedAt) - Date.parse(createdAt) },
    createdAt,
    isComparable: !isActive(run),
  }
}

function markOf({ state, verdict, jobs }: RunSummaryDto): LaneMark {
  if (verdict) return { kind: 'verdict', verdict }
  if (state === 'cancelled') return { kind: 'cancelled' }
  const done = jobs.filter((job) => job.state === 'finished' || job.state === 'cancelled').length
  return state === 'queued'
    ? { kind: 'activity', word: 'Queued', isMoving: false }
    : { kind: 'activity', word: `${done} of ${jobs.length} done`, isMoving: true }
}

function platformVerdict({ platform, state, verdict, mode }: RunSummaryDto['jobs'][number]): PlatformVerdict {
  const look = verdict && VERDICT_LOOKS[verdict]
  return {
    platform,
    tone: state === 'cancelled' ? 'skip' : look?.tone,
    word: look ? look.word.toLowerCase() : state,
    isEmulated: mode === 'emulated',
  }
}
