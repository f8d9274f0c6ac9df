import { comparePlatformTexts } from '#lib/oci/platform.ts'
import { namesArchitecture } from '#lib/oci/tag-groups.ts'
import { matchesRepository, matchesTag } from './match-repository.ts'
import type { Policy } from './policy.ts'

/** What is looked at. */
export interface RequiredOf {
  /** Canonical text. */
  readonly repository: string
  /** Undefined for a reference by digest. */
  readonly tag: string | undefined
  readonly kind: 'index' | 'image'
}

/**
 * The platforms that the policy requires of an image, in the fixed order: those of every requirement that matches. A
 * tag that names an architecture holds one on purpose, and so does a single image asked for by digest: nothing is
 * required of them, unless a requirement names such tags.
 */
export function requiredPlatforms({ require }: Policy, { repository, tag, kind }: RequiredOf): string[] {
  const isPart = tag === undefined ? kind === 'image' : namesArchitecture(tag)
  const required = require.filter(({ repository: pattern, tags }) => {
    if (!matchesRepository(repository, pattern)) return false
    if (!tags) return !isPart
    return tag !== undefined && tags.some((each) => matchesTag(tag, each)) && (!isPart || tags.includes(tag))
  })
  return [...new Set(required.flatMap(({ platforms }) => platforms))].sort(comparePlatformTexts)
}
