import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { JobFacts } from './job-facts.ts'

/** RUN-004: with memory pages of 64 KiB it did not do what it does with small ones. */
export const run004 = defineCheck<JobFacts>('RUN-004', ({ platform, largePages }) => {
  const ending = largePages?.ending
  if (ending === undefined || ending.verdict === 'passed') return []
  const { reason, evidence } = ending
  return [{ platform: platformText(platform), evidence: { reason, ...evidence } }]
})
