const MINUTE_MS = 60_000

/** A duration for people: `0.4 s`, `12.3 s`, `1 min 20 s`; below a tenth of a second `85 ms`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs)
  if (ms > 0 && ms < 95) return `${Math.max(1, Math.round(ms))} ms`
  if (ms < MINUTE_MS - 50) return `${(ms / 1_000).toFixed(1)} s`
  return wholeSeconds(ms)
}

/** The same in whole seconds, for a clock that ticks: `7 s`, `1 min 20 s`. */
export function wholeSeconds(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}
