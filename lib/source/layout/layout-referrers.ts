import { AppError } from '#lib/errors/app-error.ts'
import { type Digest, digestAlgorithm } from '#lib/oci/digest.ts'
import { type Descriptor, decodeManifest, type Manifest } from '#lib/oci/manifest.ts'
import type { FetchedManifest, ReferrerList } from '../image-source.ts'
import type { LayoutIndex } from './layout-index.ts'

type ReadManifest = (digest: Digest) => Promise<FetchedManifest>

/**
 * What in a layout refers to `digest`: entries of `index.json` whose `subject` it is, and what the referrers fallback
 * tag lists, each digest once. Entries that cannot be read refer to nothing.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 */
export async function findReferrers(
  index: LayoutIndex,
  digest: Digest,
  read: ReadManifest,
): Promise<ReferrerList> {
  const bySubject = await readSubjects(index, digest, read)
  const byTag = await readFallbackTag(index, digest, read)
  const descriptors = [...new Map([...byTag, ...bySubject].map((entry) => [entry.digest, entry])).values()]
  if (descriptors.length === 0) return { via: 'none', descriptors }
  return { via: bySubject.length > 0 ? 'api' : 'tag', descriptors }
}

async function readSubjects(index: LayoutIndex, digest: Digest, read: ReadManifest): Promise<Descriptor[]> {
  const found: Descriptor[] = []
  for (const entry of index.entries) {
    if (entry.digest === digest) continue
    const manifest = await readQuietly(entry, read)
    if (manifest?.subject?.digest === digest) found.push(asReferrer(entry, manifest))
  }
  return found
}

async function readFallbackTag(
  index: LayoutIndex,
  digest: Digest,
  read: ReadManifest,
): Promise<readonly Descriptor[]> {
  const algorithm = digestAlgorithm(digest)
  const entry = index.tags.get(`${algorithm}-${digest.slice(algorithm.length + 1).slice(0, 64)}`)
  const manifest = entry && (await readQuietly(entry, read))
  return manifest?.kind === 'index' ? manifest.children : []
}

/** A referrers list carries the referring manifest's own artifact type and annotations. */
function asReferrer(entry: Descriptor, manifest: Manifest): Descriptor {
  const configType = manifest.kind === 'image' ? manifest.config.mediaType : ''
  const artifactType = manifest.artifactType ?? (configType || undefined)
  return {
    mediaType: entry.mediaType || manifest.mediaType,
    digest: entry.digest,
    sizeBytes: entry.sizeBytes,
    annotations: manifest.annotations,
    ...(artifactType === undefined ? {} : { artifactType }),
  }
}

async function readQuietly(entry: Descriptor, read: ReadManifest): Promise<Manifest | undefined> {
  try {
    const fetched = await read(entry.digest)
    return decodeManifest(fetched.bytes, fetched.contentType, entry.digest)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'cancelled') return undefined
    throw error
  }
}
