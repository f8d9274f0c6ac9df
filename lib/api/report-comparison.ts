import { z } from 'zod'
import { CHANGES } from '#lib/report/change.ts'
import { CAUTIONS } from '#lib/report/compare-cautions.ts'
import { PRESENCES } from '#lib/report/compare-findings.ts'
import { TRUTHS } from '#lib/report/compare-truths.ts'
import { VERDICTS } from '#lib/report/verdict.ts'
import { findingDto } from './parts.ts'

const change = z.enum(CHANGES).describe('unclear: on one side nobody looked')
const verdict = z.enum(VERDICTS).optional()
const findingChange = findingDto.extend({
  presence: z
    .enum(PRESENCES)
    .describe('accepted: still there, and the policy accepts it now; unaccepted: it counts again'),
  change,
  was: findingDto.shape.severity.optional().describe('what it weighed before, with presence severity'),
})
const jobSummary = z.object({
  verdict,
  mode: z.enum(['native', 'emulated']).optional(),
  durationMs: z.number().optional(),
})
const side = z.object({
  id: z.string(),
  reference: z.string(),
  digest: z.string(),
  verdict,
  finishedAt: z.iso.datetime(),
})

/** Query of `GET /api/v1/reports/compare`. */
export const comparisonQuery = z.object({
  from: z.string().min(1).max(200).describe('id of the earlier report'),
  to: z.string().min(1).max(200).describe('id of the later one'),
})

/** Answer of `GET /api/v1/reports/compare`. */
export const comparisonResponse = z.object({
  from: side,
  to: side,
  outcome: change.describe('the heaviest of all changes'),
  headline: z.string(),
  cautions: z
    .array(z.object({ kind: z.enum(CAUTIONS), text: z.string() }))
    .describe('what differs between the runs beside the image'),
  platforms: z.array(
    z.object({
      platform: z.string(),
      presence: z.enum(['both', 'new', 'gone']),
      change,
      from: jobSummary.optional(),
      to: jobSummary.optional(),
      truths: z
        .array(z.object({ truth: z.enum(TRUTHS), change, from: verdict, to: verdict }))
        .describe('those that differ'),
      tests: z
        .array(z.object({ name: z.string(), change, from: verdict, to: verdict }))
        .describe('by name, those that differ (RUN-005)'),
      findings: z.array(findingChange),
    }),
  ),
  findings: z.array(findingChange).describe('of the image as a whole'),
})
export type ComparisonResponse = z.infer<typeof comparisonResponse>
