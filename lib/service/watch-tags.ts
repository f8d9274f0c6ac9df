import type { TagDto, TagsSummaryDto } from '#lib/api/tags.ts'
import { parseRepository } from '#lib/oci/reference.ts'
import type { ServiceContext } from './context.ts'
import { describeListing } from './describe-listing.ts'
import { toDtos } from './tag-dtos.ts'
import { groupTags } from './tag-selection.ts'

/** Rows are gathered this long before they go out together. */
const ROWS_EVERY_MS = 120
/** The summary goes out no more often than this; it reads every row. */
const SUMMARY_EVERY_MS = 600

/** What a watcher of a repository's tags is told. */
export type TagsEvent =
  | { readonly event: 'rows'; readonly data: { readonly tags: readonly TagDto[] } }
  | { readonly event: 'summary'; readonly data: { readonly summary: TagsSummaryDto } }
  | { readonly event: 'done'; readonly data: Record<string, never> }

/**
 * Resolves all tags of a repository in the background and yields rows and summaries as they change, `done` when
 * nothing is left. Ending the iteration, or `signal`, stops the background work when nobody else watches.
 */
export async function* watchTags(
  context: ServiceContext,
  repositoryText: string,
  signal: AbortSignal,
): AsyncGenerator<TagsEvent> {
  const listing = context.listings.of(parseRepository(repositoryText))
  const changed = new Set<string>()
  let isStateChanged = true
  const unsubscribe = listing.subscribe((event) => {
    isStateChanged = true
    if (event.kind === 'rows') for (const row of event.rows) changed.add(row.name)
  })
  try {
    let summarisedAtMs = Number.NEGATIVE_INFINITY
    while (!signal.aborted) {
      if (changed.size > 0) {
        const names = [...changed]
        changed.clear()
        const tags = await toDtos(context, listing, names, groupTags(listing.names), true)
        yield { event: 'rows', data: { tags } }
      }
      const isOver = listing.state === 'complete' || listing.state === 'paused' || listing.state === 'failed'
      const nowMs = performance.now()
      if (isStateChanged && (isOver || nowMs - summarisedAtMs >= SUMMARY_EVERY_MS)) {
        isStateChanged = false
        summarisedAtMs = nowMs
        yield { event: 'summary', data: { summary: describeListing(listing) } }
      }
      if (isOver && changed.size === 0 && !isStateChanged) {
        yield { event: 'done', data: {} }
        return
      }
      await pause(ROWS_EVERY_MS, signal)
    }
  } finally {
    unsubscribe()
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(finish, ms)
  signal.addEventListener('abort', finish, { once: true })
  return promise
  function finish() {
    clearTimeout(timer)
    signal.removeEventListener('abort', finish)
    resolve()
  }
}
