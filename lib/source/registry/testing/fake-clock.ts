import { cancelled } from '../cancelled.ts'
import type { Clock } from '../clock.ts'

/** A clock that passes only when told, or when somebody sleeps by it. */
export interface FakeClock extends Clock {
  /** What was slept, in milliseconds. */
  readonly sleeps: readonly number[]
  pass(ms: number): void
}

/** Starts at 2026-01-01; chance is always the middle. */
export function createFakeClock(): FakeClock {
  let nowMs = Date.parse('2026-01-01T00:00:00Z')
  const sleeps: number[] = []
  return {
    sleeps,
    now: () => nowMs,
    random: () => 0.5,
    pass: (ms) => {
      nowMs += ms
    },
    async sleep(ms, signal) {
      if (signal?.aborted) throw cancelled(signal)
      sleeps.push(ms)
      nowMs += ms
    },
  }
}
