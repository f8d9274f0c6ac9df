import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import { type ReadImage, readConfigOf } from './read-image.ts'
import { type IndexContent, readIndexContent } from './read-index-content.ts'
import type { Resolved } from './resolve-reference.ts'

/** All images behind a resolved reference: an index's children, or the one image itself. Throws as `walkIndex` does. */
export async function readImageContent(
  source: CachedSource,
  { manifest, fetched }: Resolved,
  options: CallOptions,
): Promise<IndexContent> {
  if (manifest.kind === 'index') return readIndexContent(source, manifest, fetched.digest, options)
  const image: ReadImage = {
    digest: fetched.digest,
    mediaType: manifest.mediaType,
    annotations: manifest.annotations,
    ...(await readConfigOf(source, manifest, options)),
  }
  return { images: [image], attestations: [], others: [] }
}
