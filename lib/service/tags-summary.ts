import type { TagsSummaryDto } from '#lib/api/tags.ts'
import { comparePlatformTexts, PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { isFallbackTag, splitArchTag } from '#lib/oci/tag-groups.ts'
import { isReleaseTag } from '#lib/oci/tag-order.ts'
import type { TagRow } from './tag-row.ts'

/** Releases drawn in the ribbon; older ones are only counted. */
const RIBBON_RELEASES = 120
/** Fallback tags named in a summary; the rest are only counted. */
const FALLBACK_NAMES = 200

/** Counts, coverage and losses over the rows of a repository, as far as they are resolved. */
export type RowsSummary = Omit<TagsSummaryDto, 'listing' | 'problem' | 'quota' | 'warnings' | 'listedAt'>

/** Summarises rows given newest version first. Pure. */
export function summariseRows(rows: readonly TagRow[]): RowsSummary {
  const names = new Set(rows.map((row) => row.name))
  const tags = rows.filter((row) => !isFallbackTag(row.name))
  const fallback = rows.filter((row) => isFallbackTag(row.name))
  const joined = tags.filter((row) => splitArchTag(row.name, names) === undefined)
  const platformCounts = countPlatforms(joined)
  const releases = joined.filter((row) => isReleaseTag(row.name)).reverse()
  const newest = releases.at(-1)
  const platforms = ribbonPlatforms(releases)
  return {
    total: tags.length,
    resolved: tags.filter((row) => row.state === 'resolved').length,
    failed: tags.filter((row) => row.state === 'failed').length,
    platformCounts,
    ...(newest
      ? { newest: { name: newest.name, ...(newest.facts?.created ? { created: newest.facts.created } : {}) } }
      : {}),
    ribbon: {
      platforms,
      releases: releases.slice(-RIBBON_RELEASES).map((row) => ({
        tag: row.name,
        state: row.state,
        platforms: [...(row.facts?.platforms ?? [])],
      })),
      omitted: Math.max(0, releases.length - RIBBON_RELEASES),
    },
    losses: platforms.flatMap((platform) => findLosses(releases, platform)),
    fallbackTags: { count: fallback.length, names: fallback.slice(0, FALLBACK_NAMES).map((row) => row.name) },
  }
}

/**
 * The stretches of releases, oldest first, that lack a platform an earlier release had. Releases that are not
 * resolved are passed over: what was not looked at is neither lost nor back.
 */
export function findLosses(oldestFirst: readonly TagRow[], platform: string): TagsSummaryDto['losses'] {
  const losses: { platform: string; lostAt: string; backAt?: string }[] = []
  let hadIt = false
  let open: { platform: string; lostAt: string; backAt?: string } | undefined
  for (const row of oldestFirst) {
    if (row.state !== 'resolved' || !row.facts || row.facts.kind === 'artifact') continue
    const hasIt = row.facts.platforms.includes(platform)
    if (hasIt && open) {
      open.backAt = row.name
      open = undefined
    } else if (!hasIt && hadIt && !open) {
      open = { platform, lostAt: row.name }
      losses.push(open)
    }
    hadIt ||= hasIt
  }
  return losses
}

function countPlatforms(rows: readonly TagRow[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    for (const platform of row.facts?.platforms ?? []) counts.set(platform, (counts.get(platform) ?? 0) + 1)
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => comparePlatformTexts(a, b)))
}

function ribbonPlatforms(releases: readonly TagRow[]): string[] {
  const seen = new Set<string>(PRIMARY_PLATFORMS)
  for (const row of releases) for (const platform of row.facts?.platforms ?? []) seen.add(platform)
  return [...seen].filter((platform) => !platform.includes('unknown')).sort(comparePlatformTexts)
}
