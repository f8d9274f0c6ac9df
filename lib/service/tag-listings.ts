import { formatRepository, type Repository } from '#lib/oci/reference.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import { TagListing } from './tag-listing.ts'

/** Listings kept in memory; a listing of 20,000 tags holds about 15 MB. */
const MAX_LISTINGS = 8

/** The listings of the repositories looked at lately, one per repository. */
export class TagListings {
  private readonly openSource: (repository: Repository) => CachedSource
  private readonly now: () => Date
  private readonly kept = new Map<string, TagListing>()

  constructor(openSource: (repository: Repository) => CachedSource, now: () => Date) {
    this.openSource = openSource
    this.now = now
  }

  /** The listing of a repository, made on first use; the least recently used one makes room. */
  of(repository: Repository): TagListing {
    const key = formatRepository(repository)
    const listing = this.kept.get(key) ?? new TagListing(this.openSource(repository), this.now)
    this.kept.delete(key)
    this.kept.set(key, listing)
    const oldest = this.kept.keys().next().value
    if (this.kept.size > MAX_LISTINGS && oldest !== undefined) this.kept.delete(oldest)
    return listing
  }
}
