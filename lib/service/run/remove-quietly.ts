/** A cancelled run is over within two seconds; what is not removed by then goes on being removed. */
const PATIENCE_WHEN_CANCELLED_MS = 1_000

/**
 * Waits for a removal, and no longer than a moment once the signal aborts. A removal that fails is not told: an engine
 * that is gone cannot remove anything, and the lease in the container's label lets a later sweep do it.
 */
export async function removeQuietly(
  remove: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const removed = remove().catch(() => {})
  if (signal === undefined) return removed
  let release = () => {}
  const patience = new Promise<void>((resolve) => {
    const wait = () => {
      const timer = setTimeout(resolve, PATIENCE_WHEN_CANCELLED_MS)
      const before = release
      release = () => {
        before()
        clearTimeout(timer)
      }
    }
    release = () => signal.removeEventListener('abort', wait)
    if (signal.aborted) wait()
    else signal.addEventListener('abort', wait, { once: true })
  })
  await Promise.race([removed, patience])
  release()
}
