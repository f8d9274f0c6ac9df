import type { QuotaDto } from '#lib/api/parts.ts'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
import { toProblem } from '#lib/errors/problem.ts'
import type { Quota } from '#lib/source/image-source.ts'
import type { TagListing } from './tag-listing.ts'
import { summariseRows } from './tags-summary.ts'

/** The state of a listing with the summary of its rows. */
export function describeListing(listing: TagListing): TagsSummaryDto {
  const quota = listing.source.quota()
  return {
    ...summariseRows(listing.names.map((name) => listing.row(name))),
    listing: listing.state,
    ...(listing.problem ? { problem: toProblem(listing.problem) } : {}),
    ...(quota ? { quota: quotaDto(quota) } : {}),
    warnings: [...listing.source.warnings()],
    ...(listing.listedAt ? { listedAt: listing.listedAt.toISOString() } : {}),
  }
}

/** A quota as it goes out. */
export function quotaDto(quota: Quota): QuotaDto {
  return { ...quota, seenAt: quota.seenAt.toISOString() }
}
