import { AppError } from '#lib/errors/app-error.ts'
import { joinPlatforms, withFields, withoutStated } from '#lib/report/platform-profile.ts'
import type { ProfileOrigin, RunProfile } from '#lib/report/run-profile.ts'
import { matchesRepository } from './match-repository.ts'

/** A profile that `archway.yaml` states for some repositories. */
export interface NamedProfile {
  readonly name: string
  /** Pattern, see `matchesRepository`. */
  readonly repository: string
  /** A run takes it unless told otherwise. */
  readonly isDefault: boolean
  readonly profile: RunProfile
}

/** What a run was asked: by name, and field by field. */
export interface ProfileRequest {
  /** A profile of `archway.yaml`; `none` is none of them, and without it the repository’s default is taken. */
  readonly name?: string | undefined
  readonly explicit: RunProfile
}

/** What a run really is asked, and where that comes from. */
export interface EffectiveProfile {
  readonly profile: RunProfile
  /** Absent where no profile of `archway.yaml` was taken. */
  readonly origin?: ProfileOrigin
}

/** The name that stands for no profile at all. */
export const NO_PROFILE = 'none'

/** The profiles that may be taken for a repository, the default first. */
export function profilesOf(profiles: readonly NamedProfile[], repository: string): readonly NamedProfile[] {
  const matching = profiles.filter((each) => matchesRepository(repository, each.repository))
  const chosen = matching.find(({ isDefault }) => isDefault)
  return chosen ? [chosen, ...matching.filter((each) => each !== chosen)] : matching
}

/**
 * Fields that somebody states win over those of a profile, and those of one platform over its for that platform. Variables
 * and files add up; another entrypoint drops the profile’s command, as it drops the image’s. Throws `request_invalid` for a name that is not there for this repository.
 */
export function effectiveProfile(
  profiles: readonly NamedProfile[],
  repository: string,
  { name, explicit }: ProfileRequest,
): EffectiveProfile {
  if (name === NO_PROFILE) return { profile: explicit }
  const offered = profilesOf(profiles, repository)
  const named =
    name === undefined
      ? offered.find(({ isDefault }) => isDefault)
      : offered.find((each) => each.name === name)
  if (named === undefined && name === undefined) return { profile: explicit }
  if (named === undefined) {
    const known = offered.map((each) => each.name).join(', ')
    throw new AppError('request_invalid', `There is no profile “${name}” for ${repository}.`, {
      hint: known === '' ? 'archway.yaml has none for this repository.' : `There is ${known}, and none.`,
    })
  }
  const platforms = joinPlatforms(withoutStated(named.profile.platforms ?? {}, explicit), explicit.platforms)
  const profile = withFields(named.profile, explicit)
  return {
    profile: Object.keys(platforms).length > 0 ? { ...profile, platforms } : profile,
    origin: {
      name: named.name,
      repository: named.repository,
      overridden: Object.keys(explicit).filter((key) => key in named.profile),
    },
  }
}
