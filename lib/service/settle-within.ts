/** Waits for `work` until `deadline`; running out of time is not an error here. */
export async function settleWithin(work: Promise<unknown>, deadline: AbortSignal): Promise<void> {
  if (deadline.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  deadline.addEventListener('abort', () => resolve(), { once: true })
  await Promise.race([work, promise])
}

/** Aborted when the time is over, or when the caller's own signal is. */
export function anySignal(timeout: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  return signal ? AbortSignal.any([timeout, signal]) : timeout
}
