import type { TagDetailsResponse } from '#lib/api/tags.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { formatRepository, isTag, parseRepository } from '#lib/oci/reference.ts'
import type { ServiceContext } from './context.ts'
import { toDtos } from './tag-dtos.ts'
import { groupTags } from './tag-selection.ts'

/**
 * Sizes and times of a few tags: what a table needs for the rows in view. Rows that failed are tried again, so this
 * is a row's retry as well. Throws `request_invalid` for what cannot be a tag.
 */
export async function detailTags(
  context: ServiceContext,
  query: { readonly repository: string; readonly tag: readonly string[] },
  signal?: AbortSignal,
): Promise<TagDetailsResponse> {
  const repository = parseRepository(query.repository)
  const listing = context.listings.of(repository)
  for (const name of query.tag) {
    if (!isTag(name)) throw new AppError('request_invalid', `“${name.slice(0, 100)}” is not a tag.`)
  }
  await listing.detail(query.tag, { signal })
  signal?.throwIfAborted()
  return {
    repository: formatRepository(repository),
    tags: await toDtos(context, listing, query.tag, groupTags(listing.names), true),
  }
}
