import { type NamedProfile, profilesOf } from '#lib/coverage/profiles.ts'
import { formatRepository, parseReference } from '#lib/oci/reference.ts'
import { maskEnv } from '#lib/report/mask-env.ts'
import type { ServiceContext } from './context.ts'

/**
 * The profiles of `archway.yaml` that a run of this reference may take, the default first. Values of their environment
 * are masked, and of their test files it is told only that there are some. Throws `reference_invalid`.
 */
export function listProfiles(
  { profiles = [] }: ServiceContext,
  reference: string,
): readonly Pick<NamedProfile, 'name' | 'isDefault' | 'profile'>[] {
  const repository = formatRepository(parseReference(reference).repository)
  return profilesOf(profiles, repository).map(({ name, isDefault, profile: { env, tests, ...profile } }) => ({
    name,
    isDefault,
    profile: {
      ...profile,
      ...(env ? { env: maskEnv(env) } : {}),
      ...(tests === undefined ? {} : { tests: 'some' }),
    },
  }))
}
