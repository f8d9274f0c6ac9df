import { z } from 'zod'

/** A platform on the wire: canonical text and its parts. */
export const platformDto = z.object({
  platform: z.string().describe('canonical text, e.g. linux/ppc64le'),
  os: z.string(),
  architecture: z.string(),
  variant: z.string().optional(),
  osVersion: z.string().optional(),
})

/** A finding of a check, with its text rendered. */
export const findingDto = z.object({
  code: z.string().describe('id of the check, e.g. META-001'),
  severity: z.enum(['error', 'warning', 'info']),
  platform: z.string().optional(),
  evidence: z.record(z.string(), z.unknown()),
  title: z.string(),
  message: z.string(),
})
export type FindingDto = z.infer<typeof findingDto>

/** A finding that an exception of the policy accepts for now: it does not count. */
export const acceptedDto = findingDto.extend({
  reason: z.string().describe('why it is accepted'),
  expires: z.string().describe('the last day of the exception, in UTC: 2026-12-31'),
})
export type AcceptedDto = z.infer<typeof acceptedDto>

/** What checks could not look at, and why: no finding of theirs means nothing there. */
export const unjudgedDto = z.object({
  codes: z.array(z.string()).describe('ids of the checks'),
  platforms: z.array(z.string()).describe('empty when it concerns the whole image'),
  reason: z.string(),
  message: z.string(),
})
export type UnjudgedDto = z.infer<typeof unjudgedDto>

/** RFC 9457 problem details. */
export const problemDto = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  hint: z.string().optional(),
  retryAfterMs: z.number().optional(),
})
export type ProblemDto = z.infer<typeof problemDto>

/** What is left of a registry's rate limit. */
export const quotaDto = z.object({
  limit: z.number(),
  remaining: z.number(),
  windowSeconds: z.number(),
  seenAt: z.iso.datetime(),
})
export type QuotaDto = z.infer<typeof quotaDto>
