import { defineCheck } from './define-check.ts'
import type { RequiredPlatforms } from './job-facts.ts'

/** COV-001: a platform that somebody requires is not in the image. Strict: no variant stands in for another. */
export const cov001 = defineCheck<RequiredPlatforms>('COV-001', ({ required, present }) =>
  required
    .filter((platform) => !present.includes(platform))
    .map((platform) => ({ platform, evidence: { present: [...present] } })),
)
