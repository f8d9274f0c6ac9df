import { cov005 } from './cov-005.ts'
import type { Check } from './define-check.ts'
import type { RegistryFacts } from './facts.ts'
import type { Finding, Severity } from './finding.ts'
import type { CheckCode } from './info.ts'
import { meta001 } from './meta-001.ts'
import { meta002 } from './meta-002.ts'
import { meta003 } from './meta-003.ts'
import { meta004 } from './meta-004.ts'
import { meta005 } from './meta-005.ts'
import { meta006 } from './meta-006.ts'
import { meta007 } from './meta-007.ts'
import { sup001 } from './sup-001.ts'
import { mergeGaps, type Unjudged } from './unjudged.ts'

const CHECKS = [meta001, meta002, meta003, meta004, meta005, meta006, meta007, cov005, sup001]
const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** What checks make of some facts. */
export interface Judgement {
  /** Errors first. */
  readonly findings: readonly Finding[]
  /** The checks that looked, whether or not they found something. */
  readonly checked: readonly CheckCode[]
  readonly unjudged: readonly Unjudged[]
}

/** Runs every check that needs the registry's JSON of one image alone. What was not read is not judged, and told. */
export function runRegistryChecks(facts: RegistryFacts): Judgement {
  // A single image has no index to be judged.
  if (facts.kind === 'image') return { findings: [], checked: [], unjudged: [] }
  // Where there is no image, there is nothing to look at but the list itself.
  return judge(facts.images.length === 0 ? [cov005] : CHECKS, facts)
}

/** Runs checks over the facts they share. */
export function judge<Facts>(checks: readonly Check<Facts>[], facts: Facts): Judgement {
  const gaps = checks.flatMap((check) => check.gaps(facts).map((gap) => ({ code: check.code, gap })))
  const blind = new Set(gaps.flatMap(({ code, gap }) => (gap.platform === undefined ? [code] : [])))
  return {
    findings: sortFindings(checks.flatMap((check) => check.run(facts))),
    checked: [...new Set(checks.map(({ code }) => code))].filter((code) => !blind.has(code)),
    unjudged: mergeGaps(gaps),
  }
}

/** Errors first, otherwise in the order given. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
}

/** Several judgements of one image as one. */
export function mergeJudgements(...judgements: readonly Judgement[]): Judgement {
  return {
    findings: sortFindings(judgements.flatMap(({ findings }) => findings)),
    checked: [...new Set(judgements.flatMap(({ checked }) => checked))],
    unjudged: judgements.flatMap(({ unjudged }) => unjudged),
  }
}
