import { AppError, toAppError } from '#lib/errors/app-error.ts'

/** The error of an aborted signal: its own `AppError` or time-out where it carries one, else `cancelled`. */
export function cancelled(signal: AbortSignal): AppError {
  const stated = toAppError(signal.reason)
  if (stated.code !== 'internal') return stated
  return new AppError('cancelled', 'The work was cancelled.', { cause: signal.reason })
}

/** Waits for `promise`, but no longer than until `signal` aborts. Throws `cancelled`; the promise itself goes on. */
export async function unlessCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  if (signal.aborted) {
    promise.catch(() => {})
    throw cancelled(signal)
  }
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(cancelled(signal))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
