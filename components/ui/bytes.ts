const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const

/** A size in bytes for people, in decimal units with one digit after the point: `64.0 MB`, `512 B`. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes
  let unit = 'B'
  for (const next of UNITS) {
    // What would be rounded up to 1000.0 belongs to the next unit.
    if (value < (unit === 'B' ? 1_000 : 999.95)) break
    value /= 1_000
    unit = next
  }
  return unit === 'B' ? `${value} B` : `${value.toFixed(1)} ${unit}`
}
