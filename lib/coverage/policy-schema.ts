import { z } from 'zod'
import { CHECK_INFO, type CheckCode } from '#lib/checks/info.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { Policy } from './policy.ts'

const MAX_ENTRIES = 1_000
const CODES = Object.keys(CHECK_INFO) as [CheckCode, ...CheckCode[]]

/** A refinement by a parser of ours: its message and hint. */
export function says(parse: (text: string) => unknown) {
  return (text: string, context: z.RefinementCtx) => {
    try {
      parse(text)
    } catch (error) {
      const { message, hint } = error as AppError
      const told = [message, hint].map((each) => each?.replace(/\.$/, '')).filter(Boolean)
      context.addIssue({ code: 'custom', message: `cannot be used: ${told.join(': ')}` })
    }
  }
}

const platform = z.string().transform((text, context) => {
  try {
    return platformText(parsePlatform(text))
  } catch (error) {
    const told = error instanceof AppError ? error.message.replace(/\.$/, '') : 'it is no platform'
    context.addIssue({ code: 'custom', message: `cannot be used: ${told}` })
    return z.NEVER
  }
})

const repository = z
  .string()
  .min(1, 'must not be empty')
  .max(255, 'must not be longer than 255 characters')
  .regex(/^[^\s@]*$/, 'must be a repository or a pattern of repositories, without spaces, tag or digest')
  .refine((text) => text.lastIndexOf(':') <= text.lastIndexOf('/') || text.startsWith('oci:'), {
    message: 'must not hold a tag: write it under “tags”',
  })

const day = z.iso.date('must be a day, such as 2026-12-31')

/** Fields of `archway.yaml` that make the policy. Messages continue the place they are about. */
export const policyFields = {
  require: z
    .array(
      z.strictObject({
        repository,
        tags: z
          .array(z.string().min(1, 'must not be empty'))
          .min(1, 'must name a tag, or be left out')
          .optional(),
        platforms: z.array(platform).min(1, 'must name a platform'),
      }),
    )
    .max(MAX_ENTRIES, `must not have more than ${MAX_ENTRIES} entries`)
    .default([]),
  exceptions: z
    .array(
      z.strictObject({
        check: z.enum(CODES, `must be the id of a check: ${CODES.join(', ')}`),
        platform: platform.optional(),
        repository,
        reason: z.string().trim().min(1, 'must say why'),
        expires: day,
      }),
    )
    .max(MAX_ENTRIES, `must not have more than ${MAX_ENTRIES} entries`)
    .default([]),
}

/** Keys of the entries of each field, for whoever explains an unknown one. */
export const POLICY_KEYS: Readonly<Record<keyof typeof policyFields, readonly string[]>> = {
  require: ['repository', 'tags', 'platforms'],
  exceptions: ['check', 'platform', 'repository', 'reason', 'expires'],
}

/** The policy of parsed fields. */
export function toPolicy(fields: z.output<z.ZodObject<typeof policyFields>>): Policy {
  return {
    require: fields.require.map(({ tags, ...each }) => ({ ...each, ...(tags ? { tags } : {}) })),
    exceptions: fields.exceptions.map(({ platform: only, ...each }) => ({
      ...each,
      ...(only === undefined ? {} : { platform: only }),
    })),
  }
}
