import { AppError } from '#lib/errors/app-error.ts'
import { decodeManifest, type Manifest } from '#lib/oci/manifest.ts'
import { formatReference, type Reference } from '#lib/oci/reference.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions, FetchedManifest } from '#lib/source/image-source.ts'

/** A reference pinned to its digest, with the manifest behind it. */
export interface Resolved {
  readonly fetched: FetchedManifest
  readonly manifest: Manifest
  /** When the registry last said that this is what the reference means. */
  readonly checkedAt: Date
}

/**
 * Resolves a reference that has a tag or a digest; the digest wins. A tag is always checked with the registry.
 * Throws what the source and the decoder throw.
 */
export async function resolveReference(
  source: CachedSource,
  reference: Reference,
  now: () => Date,
  options: CallOptions,
): Promise<Resolved> {
  const what = `The manifest of ${formatReference(reference)}`
  const { fetched, checkedAt } = await fetchReference(source, reference, now, options)
  return { fetched, checkedAt, manifest: decodeManifest(fetched.bytes, fetched.contentType, what) }
}

/** The verified bytes behind a reference, not decoded: also of a manifest that is broken. */
export async function fetchReference(
  source: CachedSource,
  reference: Reference,
  now: () => Date,
  options: CallOptions,
): Promise<{ fetched: FetchedManifest; checkedAt: Date }> {
  if (reference.digest !== undefined) {
    return { fetched: await source.getManifest(reference.digest, options), checkedAt: now() }
  }
  if (reference.tag === undefined)
    throw new AppError('reference_invalid', 'The reference names neither tag nor digest.')
  const tag = await source.resolveTag(reference.tag, { ...options, maxAgeMs: 0 })
  return {
    fetched: tag.manifest ?? (await source.getManifest(tag.digest, options)),
    checkedAt: tag.checkedAt,
  }
}
