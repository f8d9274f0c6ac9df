import { z } from 'zod'
import { parseOutputExpectation } from '#lib/report/output-expectation.ts'
import { runProfile } from '#lib/report/run-profile.ts'
import { policyFields, says } from './policy-schema.ts'
import type { NamedProfile } from './profiles.ts'

const MAX_PROFILES = 200
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** A profile of `archway.yaml`: what a run may be asked, with a name and the repositories it is for. */
const namedProfile = runProfile.extend({
  name: z
    .string()
    .regex(
      NAME,
      'must be 1 to 64 letters, digits, dots, dashes or underscores, and begin with a letter or digit',
    ),
  repository: policyFields.require.def.innerType.element.shape.repository,
  default: z.boolean().default(true),
  expectOutput: z.string().superRefine(says(parseOutputExpectation)).optional(),
  platforms: runProfile.shape.platforms
    .unwrap()
    .superRefine((platforms, context) => {
      for (const [name, { expectOutput }] of Object.entries(platforms)) {
        const parsed = z.string().superRefine(says(parseOutputExpectation)).optional().safeParse(expectOutput)
        for (const { message } of parsed.error?.issues ?? [])
          context.addIssue({ code: 'custom', path: [name, 'expectOutput'], message })
      }
    })
    .optional(),
})

/** The field of `archway.yaml` that holds profiles. `tests` is a file’s name here. */
export const profileFields = {
  profiles: z
    .array(namedProfile)
    .max(MAX_PROFILES, `must not have more than ${MAX_PROFILES} entries`)
    .default([]),
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(namedProfile.shape),
  platforms: Object.keys(runProfile.shape.platforms.unwrap().valueType.shape),
  service: Object.keys(runProfile.shape.service.unwrap().shape),
  limits: Object.keys(runProfile.shape.limits.unwrap().shape),
}

/** The keys that a profile may have at a place below it, for whoever explains an unknown one. */
export function profileKeys(path: readonly PropertyKey[]): readonly string[] {
  const [first = '', , below = first] = path
  return KEYS[String(below)] ?? []
}

/** The profiles of parsed fields. */
export function toProfiles({
  profiles,
}: z.output<z.ZodObject<typeof profileFields>>): readonly NamedProfile[] {
  return profiles.map(({ name, repository, default: isDefault, ...profile }) => ({
    name,
    repository,
    isDefault,
    profile,
  }))
}
