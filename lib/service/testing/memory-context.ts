import { BlobCache } from '#lib/source/cache/blob-cache.ts'
import { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { ServiceContext } from '../context.ts'
import { TagListings } from '../tag-listings.ts'
import { MemorySource } from './memory-source.ts'

/** A context over one repository in memory, with a clock that a test can move. */
export function memoryContext(): {
  readonly context: ServiceContext
  readonly source: MemorySource
  advance(ms: number): void
  /** Another context over the same cache: what a restart finds. */
  restarted(): ServiceContext
} {
  const source = new MemorySource()
  let nowMs = Date.parse('2026-06-01T00:00:00Z')
  const now = () => new Date(nowMs)
  const cached = new CachedSource(source, new BlobCache({ dir: undefined, maxBytes: 64 << 20, now }), now)
  const openSource = () => cached
  return {
    source,
    context: { openSource, listings: new TagListings(openSource, now), now },
    restarted: () => ({ openSource, listings: new TagListings(openSource, now), now }),
    advance(ms) {
      nowMs += ms
    },
  }
}
