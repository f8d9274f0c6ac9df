import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import { elf001 } from './elf-001.ts'
import { elf003 } from './elf-003.ts'
import type { JobFacts } from './job-facts.ts'

/**
 * RUN-001: it did not start, or did not do what was expected of it. What COV-001 or a look at the
 * binaries explains is told there alone. A file without `#!` is told also when it ran: an init gives it to a shell, a plain runtime does not.
 */
export const run001 = defineCheck<JobFacts>('RUN-001', (facts) => {
  const { platform, resolution, ending } = facts
  const text = platformText(platform)
  const isExplained =
    ending.reason === 'not-in-index' ||
    (ending.reason === 'exec-format' && elf001.run(facts).length > 0) ||
    (ending.reason === 'missing-loader' && [...elf001.run(facts), ...elf003.run(facts)].length > 0)
  if (ending.verdict === 'failed') {
    return isExplained ? [] : [{ platform: text, evidence: { reason: ending.reason, ...ending.evidence } }]
  }
  if (resolution?.kind !== 'not-elf' || elf001.run(facts).length > 0) return []
  const format = resolution.program.kind
  return [{ platform: text, evidence: { reason: 'exec-format', path: resolution.path, format } }]
})
