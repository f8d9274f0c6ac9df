/** A cancelled run is over within two seconds; what is not removed by then goes on being removed. */
const PATIENCE_WHEN_CANCELLED_MS = 1_000

/**
 * Waits for a removal, and no longer than a moment once the signal aborts. A removal that fails, also later, is told to
 * `onLeft` alone: an engine that is gone cannot remove anything, and that does not change how a run ended.
 */
export async function removeQuietly(
  remove: () => Promise<unknown>,
  signal: AbortSignal | undefined,
  onLeft: () => void = () => {},
): Promise<void> {
  const removed = remove().then(() => {}, onLeft)
  if (signal === undefined) return removed
  const waiting = new AbortController()
  await Promise.race([removed, longAfter(signal, waiting.signal)])
  waiting.abort()
}

/** Resolves a moment after `signal` aborts; never, when `done` aborts before. */
function longAfter(signal: AbortSignal, done: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wait = () => {
      const timer = setTimeout(resolve, PATIENCE_WHEN_CANCELLED_MS)
      done.addEventListener('abort', () => clearTimeout(timer), { once: true })
    }
    if (signal.aborted) wait()
    else signal.addEventListener('abort', wait, { once: true, signal: done })
  })
}
