import type { ArchTagDto, TagDto } from '#lib/api/tags.ts'
import { toProblem } from '#lib/errors/problem.ts'
import type { TagRow } from './tag-row.ts'
import type { ArchTagName } from './tag-selection.ts'

/** Other tags named beside a tag of the same digest; a page needs no more. */
const MAX_ALIASES = 20

/** Tags by digest, to find aliases. */
export function tagsByDigest(rows: Iterable<TagRow>): ReadonlyMap<string, readonly string[]> {
  const byDigest = new Map<string, string[]>()
  for (const { name, digest } of rows) {
    if (digest === undefined) continue
    const names = byDigest.get(digest)
    if (names) names.push(name)
    else byDigest.set(digest, [name])
  }
  return byDigest
}

/** A row as it goes out. `archTags` are given where the caller groups them. */
export function tagDto(
  row: TagRow,
  byDigest: ReadonlyMap<string, readonly string[]>,
  archTags: readonly ArchTagDto[] = [],
): TagDto {
  const aliases = (row.digest ? (byDigest.get(row.digest) ?? []) : []).filter((name) => name !== row.name)
  const sizes = row.facts?.sizes
  return {
    name: row.name,
    state: row.state,
    platforms: [...(row.facts?.platforms ?? [])],
    ...(row.digest ? { digest: row.digest } : {}),
    ...(row.facts ? { kind: row.facts.kind } : {}),
    ...(sizes ? { sizes, sizeBytes: Object.values(sizes).reduce((sum, size) => sum + size, 0) } : {}),
    ...(row.facts?.created ? { created: row.facts.created } : {}),
    ...(aliases.length > 0 ? { aliases: aliases.slice(0, MAX_ALIASES) } : {}),
    ...(archTags.length > 0 ? { archTags: [...archTags] } : {}),
    ...(row.checkedAt ? { checkedAt: row.checkedAt.toISOString() } : {}),
    ...(row.error ? { error: toProblem(row.error) } : {}),
  }
}

/**
 * A `TAG-ARCH` row beside its index: `listed` says whether the index points at what the tag is now. The tag may be a
 * single image or an index of one (buildx pushes those).
 */
export function archTagDto(name: ArchTagName, row: TagRow, joined: TagRow): ArchTagDto {
  const known = joined.facts?.kind === 'index' && row.digest !== undefined && row.facts !== undefined
  const inIndex = known ? [row.digest, ...row.facts.childDigests] : []
  return {
    name: name.name,
    platform: name.platform,
    state: row.state,
    ...(row.digest ? { digest: row.digest } : {}),
    ...(known
      ? { listed: inIndex.some((d) => d !== undefined && joined.facts?.childDigests.includes(d)) }
      : {}),
  }
}
