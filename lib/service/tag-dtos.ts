import type { TagDto } from '#lib/api/tags.ts'
import { formatRepository } from '#lib/oci/reference.ts'
import type { ServiceContext } from './context.ts'
import { lastRunsOf } from './last-runs.ts'
import { archTagDto, tagDto, tagsByDigest } from './tag-dto.ts'
import type { TagListing } from './tag-listing.ts'
import type { TagGroups } from './tag-selection.ts'

/** Rows as they go out, with the last verdict of their digests; `TAG-ARCH` rows nested when grouped. */
export async function toDtos(
  context: ServiceContext,
  listing: TagListing,
  names: readonly string[],
  groups: TagGroups,
  group: boolean,
): Promise<TagDto[]> {
  const digests = names.flatMap((name) => listing.row(name).digest ?? [])
  const repository = formatRepository(listing.source.repository)
  const lastRuns = await lastRunsOf(context, repository, digests)
  const byDigest = tagsByDigest(listing.names.map((name) => listing.row(name)))
  return names.map((name) => {
    const row = listing.row(name)
    const archTags = group ? (groups.archTags.get(name) ?? []) : []
    const lastRun = row.digest && lastRuns.get(row.digest)
    return {
      ...tagDto(
        row,
        byDigest,
        archTags.map((arch) => archTagDto(arch, listing.row(arch.name), row)),
      ),
      ...(lastRun ? { lastRun } : {}),
    }
  })
}
