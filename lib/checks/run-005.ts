import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { JobFacts } from './job-facts.ts'

/** Named in the finding; the report has them all. */
const NAMED = 5

/** RUN-005: tests that somebody wrote for the image (container-structure-test) failed on this platform. */
export const run005 = defineCheck<JobFacts>('RUN-005', ({ platform, tests = [] }) => {
  const failed = tests.filter(({ verdict }) => verdict === 'failed')
  const [first] = failed
  if (first === undefined) return []
  return [
    {
      platform: platformText(platform),
      evidence: {
        failed: failed.length,
        total: tests.length,
        names: failed.slice(0, NAMED).map(({ name }) => name),
        message: first.messages[0] ?? '',
      },
    },
  ]
})
