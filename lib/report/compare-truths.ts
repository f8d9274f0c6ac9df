import { type Change, changeOf } from './change.ts'
import type { ReportJob } from './model.ts'
import type { Verdict } from './verdict.ts'

/** What is said of a platform, each by another witness. */
export const TRUTHS = ['config', 'engine', 'binaries', 'execution'] as const

/** One truth in both reports; a side is absent where nobody looked. */
export interface TruthChange {
  readonly truth: (typeof TRUTHS)[number]
  readonly change: Change
  readonly from?: Verdict
  readonly to?: Verdict
}

/** The truths of a platform that went elsewhere. What was not looked at before and holds now is not better. */
export function compareTruths(from: ReportJob, to: ReportJob): readonly TruthChange[] {
  return TRUTHS.flatMap((truth) => {
    const [before, after] = [standing(from, truth), standing(to, truth)]
    if (before === after) return []
    const isSeen =
      truth === 'execution' || (before !== undefined && after !== undefined) || after === 'failed'
    return {
      truth,
      change: isSeen ? changeOf(before, after) : 'same',
      ...(before ? { from: before } : {}),
      ...(after ? { to: after } : {}),
    }
  })
}

function standing({ truths, ending }: ReportJob, truth: TruthChange['truth']): Verdict | undefined {
  if (truth === 'execution') return ending?.verdict
  if (truth === 'binaries') {
    const match = truths.binaries?.match
    return match === 'match' ? 'passed' : match === 'differ' ? 'failed' : undefined
  }
  const said = truths[truth]
  return said && (said.agrees ? 'passed' : 'failed')
}
