import type { Tone } from '#components/ui/tone-icon.tsx'
import type { ComparisonResponse } from '#lib/api/report-comparison.ts'

/** How a change is drawn and called, of a platform and of the whole. */
export const CHANGE_LOOKS: Readonly<
  Record<ComparisonResponse['outcome'], { readonly tone: Tone; readonly word: string; readonly lead: string }>
> = {
  worse: { tone: 'fail', word: 'Worse', lead: 'Worse.' },
  unclear: { tone: 'doubt', word: 'Cannot be told', lead: 'Nobody can tell.' },
  better: { tone: 'pass', word: 'Better', lead: 'Better.' },
  same: { tone: 'skip', word: 'Same', lead: 'No better, no worse.' },
}
