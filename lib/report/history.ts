import { namesArchitecture } from '#lib/oci/tag-groups.ts'
import type { Verdict } from './verdict.ts'

/** What a run says of a platform. `absent`: the image does not have it; `left-out`: nobody asked. */
export const CELL_OUTCOMES = ['passed', 'failed', 'inconclusive', 'skipped', 'absent', 'left-out'] as const
export type CellOutcome = (typeof CELL_OUTCOMES)[number]

/** A finished run, as far as its history needs it. */
export interface HistoryRun {
  readonly id: string
  readonly tag?: string | undefined
  readonly digest: string
  readonly kind: 'index' | 'image'
  readonly finishedAt?: Date | undefined
  readonly jobs: readonly {
    readonly platform: string
    /** Absent when the image does not have the platform. */
    readonly digest?: string | undefined
    readonly verdict?: Verdict | undefined
    readonly mode?: 'native' | 'emulated' | undefined
  }[]
  readonly leftOut: readonly string[]
}

/** A run and a platform. */
export interface HistoryCell {
  readonly platform: string
  readonly outcome: CellOutcome
  readonly mode?: 'native' | 'emulated'
  /** It is another outcome than that of the run before which says anything of the platform. */
  readonly change?: { readonly from: string; readonly was: CellOutcome; readonly tag?: string }
}

/** How long a platform has been what it is. */
export interface HistoryStreak {
  readonly platform: string
  readonly outcome: CellOutcome
  readonly mode?: 'native' | 'emulated'
  /** Runs in a row, those that say nothing of the platform left out. */
  readonly runs: number
  /** False: it may be longer than what was looked at. */
  readonly isWhole: boolean
  readonly newest: HistoryRun
  readonly oldest: HistoryRun
}

/** The platforms that runs ran, missed or left out, each once. */
export function historyPlatforms(runs: readonly HistoryRun[]): ReadonlySet<string> {
  return new Set(runs.flatMap(({ jobs, leftOut }) => [...jobs.map(({ platform }) => platform), ...leftOut]))
}

/** What a run says of a platform. */
export function cellOf(run: HistoryRun, platform: string): HistoryCell {
  const job = run.jobs.find((each) => each.platform === platform)
  if (job) {
    const outcome = job.digest === undefined ? 'absent' : (job.verdict ?? 'left-out')
    return { platform, outcome, ...(job.mode && outcome !== 'absent' ? { mode: job.mode } : {}) }
  }
  const isConcerned = !run.leftOut.includes(platform) && !isOfOnePlatform(run)
  return { platform, outcome: isConcerned ? 'absent' : 'left-out' }
}

/**
 * The cells of `runs`, newest first, with what changed at each. `older` are runs before them, for the changes of the
 * last ones.
 */
export function historyCells(
  runs: readonly HistoryRun[],
  older: readonly HistoryRun[],
  platforms: readonly string[],
): readonly (readonly HistoryCell[])[] {
  const all = [...runs, ...older]
  const columns = platforms.map((platform) => withChanges(all, platform))
  return runs.map((_, at) => columns.flatMap((column) => column[at] ?? []))
}

/** The streak that goes on for each platform; platforms of which no run says anything have none. */
export function historyStreaks(
  runs: readonly HistoryRun[],
  platforms: readonly string[],
  isAll: boolean,
): readonly HistoryStreak[] {
  return platforms.flatMap((platform) => {
    const told = runs.map((run) => ({ run, cell: cellOf(run, platform) })).filter(({ cell }) => says(cell))
    const [newest] = told
    if (newest === undefined) return []
    const end = told.findIndex(({ cell }) => cell.outcome !== newest.cell.outcome)
    const same = end < 0 ? told : told.slice(0, end)
    const { outcome, mode } = newest.cell
    return {
      platform,
      outcome,
      ...(mode ? { mode } : {}),
      runs: same.length,
      isWhole: isAll || end >= 0,
      newest: newest.run,
      oldest: (same.at(-1) ?? newest).run,
    }
  })
}

function withChanges(runs: readonly HistoryRun[], platform: string): HistoryCell[] {
  const cells = runs.map((run) => cellOf(run, platform))
  let before: { readonly run: HistoryRun; readonly cell: HistoryCell } | undefined
  return runs
    .map((run, at) => ({ run, cell: cells[at] ?? cellOf(run, platform) }))
    .toReversed()
    .map((each) => {
      if (!says(each.cell)) return each.cell
      const was = before
      before = each
      if (was === undefined || was.cell.outcome === each.cell.outcome) return each.cell
      const tag = was.run.tag
      return {
        ...each.cell,
        change: { from: was.run.id, was: was.cell.outcome, ...(tag === undefined ? {} : { tag }) },
      }
    })
    .toReversed()
}

/** What was not run says nothing of the image. */
function says({ outcome }: HistoryCell): boolean {
  return outcome !== 'skipped' && outcome !== 'left-out'
}

/** A single image by digest, or a tag that names an architecture, holds one platform on purpose: others lack nothing. */
function isOfOnePlatform({ kind, tag }: HistoryRun): boolean {
  return tag === undefined ? kind === 'image' : namesArchitecture(tag)
}
