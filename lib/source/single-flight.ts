import { toAppError } from '#lib/errors/app-error.ts'

interface Flight<T> {
  readonly work: Promise<T>
  readonly controller: AbortController
  waiters: number
}

/**
 * One piece of work per key at a time, however many ask for it. A caller that aborts leaves alone; the work itself is
 * aborted when the last caller has left.
 */
export class SingleFlight<T> {
  private readonly flights = new Map<string, Flight<T>>()

  /** Whether work for this key is under way. */
  has(key: string): boolean {
    return this.flights.has(key)
  }

  /**
   * Joins the work for `key`, or starts it. When `signal` aborts it throws the reason as an `AppError`: `cancelled`, or
   * a time-out.
   */
  async run(
    key: string,
    signal: AbortSignal | undefined,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (signal?.aborted) throw toAppError(signal.reason)
    const flight = this.flights.get(key) ?? this.launch(key, start)
    flight.waiters++
    const { promise: aborted, reject } = Promise.withResolvers<never>()
    const leave = (): void => reject(toAppError(signal?.reason))
    signal?.addEventListener('abort', leave, { once: true })
    try {
      return await (signal ? Promise.race([flight.work, aborted]) : flight.work)
    } finally {
      signal?.removeEventListener('abort', leave)
      flight.waiters--
      if (flight.waiters === 0 && this.flights.get(key) === flight) {
        this.flights.delete(key)
        flight.controller.abort()
      }
    }
  }

  private launch(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const work = start(controller.signal)
    const flight: Flight<T> = { work, controller, waiters: 0 }
    const end = (): void => {
      if (this.flights.get(key) === flight) this.flights.delete(key)
    }
    // Handled here, so that work whose callers have all left is not an unhandled rejection.
    work.then(end, end)
    this.flights.set(key, flight)
    return flight
  }
}
