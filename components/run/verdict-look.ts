import type { Tone } from '#components/ui/tone-icon.tsx'
import type { Verdict } from '#lib/report/verdict.ts'

/** How a verdict is drawn and called. */
export const VERDICT_LOOKS: Readonly<Record<Verdict, { readonly tone: Tone; readonly word: string }>> = {
  passed: { tone: 'pass', word: 'Passed' },
  failed: { tone: 'fail', word: 'Failed' },
  inconclusive: { tone: 'doubt', word: 'Inconclusive' },
  skipped: { tone: 'skip', word: 'Skipped' },
}
