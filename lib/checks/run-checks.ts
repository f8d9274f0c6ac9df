import { cov005 } from './cov-005.ts'
import type { RegistryFacts } from './facts.ts'
import type { Finding, Severity } from './finding.ts'
import { meta001 } from './meta-001.ts'
import { meta002 } from './meta-002.ts'

const CHECKS = [meta001, meta002, cov005]
const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Runs every tier R check; errors first. What was not read is not judged. */
export function runRegistryChecks(facts: RegistryFacts): Finding[] {
  return CHECKS.flatMap((check) => check.run(facts)).sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
}
