import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { PlatformProfile, RunProfile } from './run-profile.ts'

/**
 * What is asked of one platform: its own fields in place of the others’, variables and files added up. Another entrypoint
 * drops the command, as it drops the image’s.
 */
export function profileFor(profile: RunProfile, platform: string): RunProfile {
  const { platforms = {}, ...common } = profile
  const own = Object.entries(platforms).find(([name]) => canonical(name) === platform)?.[1]
  return own === undefined ? common : withFields(common, own)
}

/** A profile with other fields in place of its own; variables and files add up. */
export function withFields<T extends RunProfile>(profile: T, fields: RunProfile): T {
  const { command, ...rest } = profile
  const base = fields.entrypoint === undefined ? profile : rest
  const env = { ...base.env, ...fields.env }
  const files = { ...base.files, ...fields.files }
  return {
    ...base,
    ...fields,
    ...(Object.keys(env).length > 0 ? { env } : {}),
    ...(Object.keys(files).length > 0 ? { files } : {}),
  } as T
}

/** What platforms are asked otherwise, without what a run states for all of them: that wins. */
export function withoutStated(
  platforms: NonNullable<RunProfile['platforms']>,
  stated: RunProfile,
): NonNullable<RunProfile['platforms']> {
  const without = (own: PlatformProfile): PlatformProfile => {
    const kept = Object.entries(own).flatMap(([key, value]) => {
      if (key === 'env' || key === 'files') {
        const given = stated[key] ?? {}
        const left = Object.entries(value as Record<string, string>).filter(([name]) => !(name in given))
        return [[key, Object.fromEntries(left)] as const]
      }
      return key in stated ? [] : [[key, value] as const]
    })
    return Object.fromEntries(kept)
  }
  return Object.fromEntries(Object.entries(platforms).map(([name, own]) => [name, without(own)]))
}

function canonical(name: string): string {
  return platformText(parsePlatform(name))
}
