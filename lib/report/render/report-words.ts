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

/** One sentence on how the run came out, with what a green one does not say: emulation, platforms left out. */
export function summarySentence({ jobs, leftOut, verdict }: DescribedReport): string {
  const count = (wanted: Outcome) => jobs.filter((job) => (job.verdict ?? 'cancelled') === wanted)
  const passed = count('passed')
  const emulated = passed.filter((job) => job.execution?.mode === 'emulated').length
  const how =
    emulated === 0 ? '' : emulated === passed.length ? ', emulated' : `, ${emulated} of them emulated`
  const parts =
    jobs.length === 0
      ? ['No platform was run']
      : [
          `Passed on ${passed.length} of ${platforms(jobs.length)}${how}`,
          ...(['failed', 'inconclusive', 'skipped', 'cancelled'] as const).flatMap((outcome) => {
            const names = count(outcome).map(({ platform }) => platform)
            return names.length === 0 ? [] : [`${outcome}: ${names.join(', ')}`]
          }),
        ]
  if (verdict === undefined) parts.push('the run was cancelled')
  if (leftOut.length > 0) parts.push(`not asked for: ${leftOut.join(', ')}`)
  return `${parts.join('; ')}.`
}

/** `1.2 s` */
export function secondsText(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`
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

function platforms(count: number): string {
  return count === 1 ? '1 platform' : `${count} platforms`
}

/** What the entrypoint's binary is, in a word or two; `–` where nobody looked. */
export function binariesWord(binaries: DescribedReport['jobs'][number]['truths']['binaries']): string {
  if (binaries === undefined) return '–'
  const elf = binaries.programs.at(-1)?.elf.split(',')[0] ?? binaries.outcome
  if (binaries.match === 'match') return elf
  return binaries.match === 'differ' ? `${elf}, wrong` : `${elf}, not known`
}
