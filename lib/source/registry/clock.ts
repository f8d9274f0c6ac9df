import { setTimeout as delay } from 'node:timers/promises'
import { cancelled } from './cancelled.ts'

/** Time and chance, as the adapter uses them; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Waits. Throws `cancelled` when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>
  /** At least 0, less than 1. */
  random(): number
}

/** The machine's own clock. */
export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  random: Math.random,
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      throw signal?.aborted ? cancelled(signal) : error
    }
  },
}
