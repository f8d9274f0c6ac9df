import { shortDigest } from '#lib/oci/digest.ts'
import type { Finding } from './finding.ts'

/** What a finding is based on. */
export type Evidence = Finding['evidence']

/** A text of evidence; empty for anything else. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A list of texts. */
export function many(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : []
}

/** `a, b and c`. */
export function list(value: unknown, and = 'and'): string {
  const all = many(value)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${and} ${all.at(-1)}`
}

/** `1 package`, `3 packages`. */
export function count(value: unknown, one: string): string {
  return `${Number(value)} ${one}${value === 1 ? '' : 's'}`
}

/** Some of many by name, and how many more there are: `a, b, c and 12 more`. */
export function someOf(names: unknown, total: unknown): string {
  const shown = many(names).slice(0, 3)
  const more = Number(total) - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : list(shown)
}

/** The layers that files came with: ` (layer 1a2b3c…)`. */
export function inLayers(layers: unknown): string {
  const all = many(layers).map(shortDigest)
  return all.length === 0
    ? ''
    : ` (layer${all.length === 1 ? '' : 's'} ${all.slice(0, 2).join(', ')}${all.length > 2 ? ' …' : ''})`
}
