import type { Policy } from '#lib/coverage/policy.ts'
import type { NamedProfile } from '#lib/coverage/profiles.ts'
import type { Repository } from '#lib/oci/reference.ts'
import type { LayerReader } from '#lib/reader/layer-reader.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { Store } from '#lib/store/store.ts'
import type { RecentImages } from './recent-images.ts'
import type { TagListings } from './tag-listings.ts'

/** What the verbs need, built once by a root (server, CLI, test) and handed in. Verbs read nothing else. */
export interface ServiceContext {
  openSource(repository: Repository): CachedSource
  readonly listings: TagListings
  readonly now: () => Date
  /** What images must satisfy; nothing when absent. */
  readonly policy?: Policy
  /** What runs are asked by `archway.yaml`; nothing when absent. */
  readonly profiles?: readonly NamedProfile[]
  /** What badges may claim; thirty days when absent. */
  readonly badges?: { readonly staleAfterDays: number }
  /** Where the root keeps something durable. */
  readonly store?: Store | undefined
}

/** The context of roots that look into layers. */
export interface ReadingContext extends ServiceContext {
  /** With `read` alone, whole layers are read where a table of contents would do. */
  readonly layers: Pick<LayerReader, 'read'> & Partial<Pick<LayerReader, 'list' | 'scan' | 'file' | 'knows'>>
  /** What a root that answers many calls remembers; without it each is made anew. */
  readonly recent?: RecentImages
}

/** The context of roots that keep something durable. */
export interface StoredContext extends ServiceContext {
  readonly store: Store
}
