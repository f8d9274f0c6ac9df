import type { Finding } from './finding.ts'
import { CHECK_INFO, type CheckCode } from './info.ts'
import type { Gap } from './unjudged.ts'

/** One rule: facts in, findings out. */
export interface Check<Facts> {
  readonly code: CheckCode
  run(facts: Facts): readonly Finding[]
  /** What it could not judge, so that silence is not taken for a clean bill. */
  gaps(facts: Facts): readonly Gap[]
}

/** What a rule reports; code and, unless the rule knows better, severity come from the check's table row. */
export type Report = Pick<Finding, 'platform' | 'evidence'> & Partial<Pick<Finding, 'severity'>>

/** Makes a check of a rule. `gaps` says what the rule could not look at. */
export function defineCheck<Facts>(
  code: CheckCode,
  rule: (facts: Facts) => readonly Report[],
  gaps: (facts: Facts) => readonly Gap[] = () => [],
): Check<Facts> {
  const { severity } = CHECK_INFO[code]
  return { code, run: (facts) => rule(facts).map((report) => ({ code, severity, ...report })), gaps }
}
