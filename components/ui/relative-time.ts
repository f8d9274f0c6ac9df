const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** Before this, a build time says nothing: reproducible builds write 1970 or 1980, Go's zero time is the year 1. */
const MEANINGFUL_AFTER = Date.UTC(1981, 0, 1)

/** `at` as seen from `nowMs`: “2 days ago”, “just now”; the date itself where the time is a placeholder. */
export function relativeTime(at: string, nowMs: number): string {
  const atMs = Date.parse(at)
  if (Number.isNaN(atMs)) return at
  if (atMs < MEANINGFUL_AFTER) return isoDate(at)
  const distance = atMs - nowMs
  for (const [unit, ms] of STEPS) {
    if (Math.abs(distance) >= ms) {
      return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(Math.trunc(distance / ms), unit)
    }
  }
  return 'just now'
}

/** The UTC date, `2026-11-23`; the text itself when it is no time. */
export function isoDate(at: string): string {
  const atMs = Date.parse(at)
  return Number.isNaN(atMs) ? at : new Date(atMs).toISOString().slice(0, 10)
}

/** The full time in UTC, `2026-11-23 14:05:09 UTC`. */
export function fullTime(at: string): string {
  const atMs = Date.parse(at)
  if (Number.isNaN(atMs)) return at
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
