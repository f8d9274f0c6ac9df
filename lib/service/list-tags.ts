import type { TagsQuery, TagsResponse } from '#lib/api/tags.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import { formatRepository, parseRepository } from '#lib/oci/reference.ts'
import type { ServiceContext } from './context.ts'
import { describeListing } from './describe-listing.ts'
import { anySignal, settleWithin } from './settle-within.ts'
import { toDtos } from './tag-dtos.ts'
import type { TagListing } from './tag-listing.ts'
import {
  groupTags,
  nameMatches,
  needsPlatforms,
  platformsMatch,
  type TagFilter,
  type TagGroups,
} from './tag-selection.ts'

/** A call that waits answers after this long with what there is. */
const WAIT_MS = 30_000

/**
 * A page of a repository's tags. With `wait` every row of the page is resolved, or 30 s have passed and `complete` is
 * false; filters on platforms need all tags resolved first. Throws what listing throws when nothing is known at all.
 */
export async function listTags(
  context: ServiceContext,
  query: TagsQuery,
  signal?: AbortSignal,
): Promise<TagsResponse> {
  const repository = parseRepository(query.repository)
  const filter = parseFilter(query)
  const listing = context.listings.of(repository)
  const deadline = anySignal(AbortSignal.timeout(WAIT_MS), signal)
  if (query.wait || query.refresh) await listing.ensureListed({ refresh: query.refresh, signal: deadline })
  else {
    await listing.recall(deadline)
    if (listing.names.length === 0) await listing.ensureListed({ signal: deadline })
  }
  const groups = groupTags(listing.names)
  const candidates = (hides(query, filter) ? groups.joined : listing.names).filter((name) =>
    nameMatches(name, filter),
  )
  if (query.wait && needsPlatforms(filter)) {
    await settleWithin(listing.resolve(candidates, { refresh: query.refresh, signal: deadline }), deadline)
  }
  const matching = arrange(candidates, query).filter((name) => platformsMatch(listing.row(name), filter))
  const offset = parseCursor(query.cursor)
  const page = matching.slice(offset, offset + query.limit)
  const shown = query.group ? page.flatMap((name) => [name, ...archNames(groups, name)]) : page
  if (query.wait) {
    const refresh = query.refresh && !needsPlatforms(filter)
    await settleWithin(listing.resolve(shown, { refresh, signal: deadline }), deadline)
  }
  signal?.throwIfAborted()
  const isFilterSettled =
    !needsPlatforms(filter) || candidates.every((name) => listing.row(name).state !== 'pending')
  return {
    repository: formatRepository(repository),
    tags: await toDtos(context, listing, page, groups, query.group),
    matching: matching.length,
    ...(offset + page.length < matching.length ? { nextCursor: String(offset + page.length) } : {}),
    complete:
      isFilterSettled && isListed(listing) && shown.every((name) => listing.row(name).state !== 'pending'),
    summary: describeListing(listing),
  }
}

function parseFilter(query: TagsQuery): TagFilter {
  return {
    text: query.q === '' ? undefined : query.q,
    missing: query.missing ? platformText(parsePlatform(query.missing)) : undefined,
    platform: query.platform ? platformText(parsePlatform(query.platform)) : undefined,
  }
}

/** `TAG-ARCH` tags hold one platform on purpose, so a filter for missing platforms passes them over. */
function hides(query: TagsQuery, filter: TagFilter): boolean {
  return query.group || filter.missing !== undefined
}

function archNames(groups: TagGroups, name: string): string[] {
  return (groups.archTags.get(name) ?? []).map((arch) => arch.name)
}

function arrange(newestFirst: readonly string[], query: TagsQuery): readonly string[] {
  const ordered =
    query.sort === 'name' ? [...newestFirst].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)) : newestFirst
  return query.order === 'asc' ? [...ordered].reverse() : ordered
}

function parseCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw new AppError('request_invalid', `“${cursor}” is not a cursor.`, {
    hint: 'Pass the nextCursor of the page before, or leave it out.',
  })
}

function isListed(listing: TagListing): boolean {
  return listing.state !== 'listing' && listing.state !== 'failed'
}
