import type { DescribedReport } from '../describe-report.ts'
import type { Verdict } from '../verdict.ts'

/** A verdict, or what is in its place when there is none. */
export type Outcome = Verdict | 'cancelled'

/** How an outcome looks where there are only letters: a sign that is told apart without colour, and a word. */
export const OUTCOME_SIGNS: Readonly<Record<Outcome, { readonly sign: string; readonly word: string }>> = {
  passed: { sign: '✓', word: 'Passed' },
  failed: { sign: '✗', word: 'Failed' },
  inconclusive: { sign: '?', word: 'Inconclusive' },
  skipped: { sign: '–', word: 'Skipped' },
  cancelled: { sign: '–', word: 'Cancelled' },
}

/** `✗ Failed` */
export function outcomeText(outcome: Outcome): string {
  const { sign, word } = OUTCOME_SIGNS[outcome]
  return `${sign} ${word}`
}

/** `1.2 s`; what is too short for that `64 ms`. */
export function secondsText(durationMs: number): string {
  return durationMs > 0 && durationMs < 95
    ? `${Math.max(1, Math.round(durationMs))} ms`
    : `${(durationMs / 1000).toFixed(1)} s`
}

/** The end of what a program wrote, which tells most, and how many characters were left out before it. */
export function outputTail(
  output: string,
  limits: { readonly maxLength: number; readonly maxLines?: number },
): { readonly text: string; readonly omitted: number } {
  const whole = output.slice(-limits.maxLength)
  const lines = whole.split('\n')
  const last = limits.maxLines === undefined ? whole : lines.slice(-limits.maxLines).join('\n')
  // Not from the middle of a character.
  const text = /^[\udc00-\udfff]/.test(last) ? last.slice(1) : last
  return { text, omitted: output.length - text.length }
}

/** What the entrypoint's binary is, in a word or two; `–` where nobody looked. */
export function binariesWord(binaries: DescribedReport['jobs'][number]['truths']['binaries']): string {
  if (binaries === undefined) return '–'
  const elf = binaries.programs.at(-1)?.elf.split(',')[0] ?? binaries.outcome
  const others = binaries.files?.differing ?? 0
  if (binaries.match === 'match') return others > 0 ? `${elf}, ${others} of other machines` : elf
  return binaries.match === 'differ' ? `${elf}, wrong` : `${elf}, not known`
}
