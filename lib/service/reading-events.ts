import type { ReadingProgress } from '#lib/api/reading.ts'
import type { TreeOptions } from './read-image-tree.ts'
import { ReadingTally } from './reading-tally.ts'

/** Progress goes out no more often than this. */
const PROGRESS_EVERY_MS = 200

/** What happens while somebody waits for an answer that needs layers. */
export type ReadingEvent<T> =
  | { readonly event: 'progress'; readonly data: ReadingProgress }
  | { readonly event: 'answer'; readonly data: T }

/**
 * Does the work and tells how far it is: `progress` at once where there is something to read, then now and then, at
 * last `answer`. Throws what the work throws; leaving the iteration early, or `signal`, aborts it.
 */
export async function* readingEvents<T>(
  work: (options: TreeOptions) => Promise<T>,
  signal: AbortSignal,
): AsyncGenerator<ReadingEvent<T>> {
  const left = new AbortController()
  let latest: ReadingProgress | undefined
  const tally = new ReadingTally((progress) => {
    latest = progress
  })
  const answer = work({ signal: AbortSignal.any([signal, left.signal]), tally })
  // Told by the race below; here only so that it is never unhandled when the reader leaves.
  answer.catch(() => {})
  try {
    for (;;) {
      const { promise: pause, resolve } = Promise.withResolvers<undefined>()
      const timer = setTimeout(resolve, PROGRESS_EVERY_MS, undefined)
      const done = await Promise.race([answer.then((data) => ({ data })), pause]).finally(() =>
        clearTimeout(timer),
      )
      if (done) return yield { event: 'answer', data: done.data }
      if (latest) yield { event: 'progress', data: latest }
      latest = undefined
    }
  } finally {
    left.abort()
  }
}
