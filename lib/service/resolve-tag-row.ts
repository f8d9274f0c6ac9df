import { decodeManifest } from '#lib/oci/manifest.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import { type ManifestFacts, readIndexDetails, readManifestFacts } from './manifest-facts.ts'
import type { TagRow } from './tag-row.ts'

/**
 * Resolves one tag to its digest and facts. A digest seen before costs nothing but the tag's own check.
 * Throws what the source throws.
 */
export async function resolveTagRow(
  source: CachedSource,
  name: string,
  previous: TagRow | undefined,
  maxAgeMs: number,
  options: CallOptions,
): Promise<TagRow> {
  const resolved = await source.resolveTag(name, { ...options, maxAgeMs })
  const { digest, checkedAt } = resolved
  if (previous?.digest === digest && previous.facts) {
    return { name, state: 'resolved', digest, checkedAt, facts: previous.facts }
  }
  const known = await source.getFacts<ManifestFacts>(digest)
  if (known) return { name, state: 'resolved', digest, checkedAt, facts: known }
  const fetched = resolved.manifest ?? (await source.getManifest(digest, options))
  const facts = await readManifestFacts(source, fetched, `The manifest of ${name}`, options)
  await source.putFacts(digest, facts)
  return { name, state: 'resolved', digest, checkedAt, facts }
}

/** The row with sizes and times read from the children. A child that cannot be read leaves its size out. */
export async function detailTagRow(source: CachedSource, row: TagRow, options: CallOptions): Promise<TagRow> {
  if (row.digest === undefined || row.facts?.kind !== 'index') return row
  const fetched = await source.getManifest(row.digest, options)
  const index = decodeManifest(fetched.bytes, fetched.contentType, `The manifest of ${row.name}`)
  const facts = await readIndexDetails(source, row.facts, index, options)
  await source.putFacts(row.digest, facts)
  return { ...row, facts }
}
