import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { PlatformProfile, RunProfile } from './run-profile.ts'

/**
 * What is asked of one platform: its own fields in place of the others’, variables, files and limits added up. Another entrypoint
 * drops the command, as it drops the image’s.
 */
export function profileFor(profile: RunProfile, platform: string): RunProfile {
  const { platforms = {}, ...common } = profile
  const own = Object.entries(platforms).find(([name]) => canonical(name) === platform)?.[1]
  return own === undefined ? common : withFields(common, own)
}

/** Fields of several parts, which add up part by part. */
const ADDED = ['env', 'files', 'limits'] as const

/** A profile with other fields in place of its own; variables, files and limits add up. */
export function withFields<T extends RunProfile>(profile: T, fields: RunProfile): T {
  const { command, ...rest } = profile
  const base: RunProfile = fields.entrypoint === undefined ? profile : rest
  const added = ADDED.map((key) => [key, { ...base[key], ...fields[key] }] as const)
  return {
    ...base,
    ...fields,
    ...Object.fromEntries(added.filter(([, parts]) => Object.keys(parts).length > 0)),
  } as T
}

/** What platforms are asked otherwise, without what a run states for all of them: that wins. */
export function withoutStated(
  platforms: NonNullable<RunProfile['platforms']>,
  stated: RunProfile,
): NonNullable<RunProfile['platforms']> {
  const without = (own: PlatformProfile): PlatformProfile => {
    const kept = Object.entries(own).flatMap(([key, value]) => {
      if (isAdded(key)) {
        const given: object = stated[key] ?? {}
        const left = Object.entries(value ?? {}).filter(([name]) => !(name in given))
        return [[key, Object.fromEntries(left)] as const]
      }
      return key in stated ? [] : [[key, value] as const]
    })
    return Object.fromEntries(kept)
  }
  return Object.fromEntries(Object.entries(platforms).map(([name, own]) => [name, without(own)]))
}

/** What platforms are asked otherwise by two, the second winning field by field, however each writes a platform’s name. */
export function joinPlatforms(
  platforms: NonNullable<RunProfile['platforms']>,
  stated: RunProfile['platforms'] = {},
): NonNullable<RunProfile['platforms']> {
  const joined = { ...platforms }
  for (const [name, own] of Object.entries(stated)) {
    const known = Object.keys(platforms).find((each) => canonical(each) === canonical(name)) ?? name
    joined[known] = withFields(joined[known] ?? {}, own)
  }
  return joined
}

function isAdded(key: string): key is (typeof ADDED)[number] {
  return (ADDED as readonly string[]).includes(key)
}

function canonical(name: string): string {
  return platformText(parsePlatform(name))
}
