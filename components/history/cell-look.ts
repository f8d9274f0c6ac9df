import type { Tone } from '#components/ui/tone-icon.tsx'
import type { HistoryCellDto } from '#lib/api/history.ts'

type Outcome = HistoryCellDto['outcome']

/** How an outcome is drawn and called: as a state, and as what a platform does since then. */
export const OUTCOME_LOOKS: Readonly<
  Record<Outcome, { readonly tone: Tone; readonly word: string; readonly since: string }>
> = {
  passed: { tone: 'pass', word: 'Passed', since: 'passes' },
  failed: { tone: 'fail', word: 'Failed', since: 'fails' },
  inconclusive: { tone: 'doubt', word: 'Inconclusive', since: 'inconclusive' },
  skipped: { tone: 'skip', word: 'Skipped', since: 'skipped' },
  absent: { tone: 'fail', word: 'Missing', since: 'missing' },
  'left-out': { tone: 'skip', word: 'Left out', since: 'left out' },
}

/** A run by its tag, else by the beginning of its digest. */
export function historyRunName({ tag, digest }: { tag?: string | undefined; digest: string }): string {
  return tag ?? digest.replace(/^(\w+:)?(.{7}).*$/, '$2')
}

/** What a platform is now, in words: `passes since 1.4, 12 runs in a row`. */
export function streakWords(streak: {
  readonly outcome: Outcome
  readonly runs: number
  readonly isWhole: boolean
  readonly oldest: { readonly tag?: string | undefined; readonly digest: string }
}): { readonly since: string; readonly length: string } {
  const { outcome, runs, isWhole, oldest } = streak
  return {
    since: `${OUTCOME_LOOKS[outcome].since} since ${historyRunName(oldest)}`,
    length: runs === 1 && isWhole ? '1 run' : `${isWhole ? '' : 'at least '}${runs} in a row`,
  }
}
