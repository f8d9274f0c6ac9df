import type { Digest } from '#lib/oci/digest.ts'
import { decodeImageConfig } from '#lib/oci/image-config.ts'
import { claimedPlatforms, classifyChildren } from '#lib/oci/index-children.ts'
import {
  compressedSizeBytes,
  decodeManifest,
  type ImageManifest,
  isArtifact,
  MANIFEST_LIMITS,
  type Manifest,
} from '#lib/oci/manifest.ts'
import { platformText } from '#lib/oci/platform.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions, FetchedManifest } from '#lib/source/image-source.ts'

/** What a tags row needs to know of a digest. Immutable, so it may be kept for ever. */
export interface ManifestFacts {
  readonly kind: 'index' | 'image' | 'artifact'
  /** Canonical platform texts, each once, in the fixed order. */
  readonly platforms: readonly string[]
  /** Compressed bytes per canonical platform; absent until the child manifests were read. */
  readonly sizes?: Readonly<Record<string, number>>
  /** Newest `created` of the configs read. */
  readonly created?: string
  /** Digests of the platform children, to compare `TAG-ARCH` tags with. Empty for a single image. */
  readonly childDigests: readonly Digest[]
}

/**
 * Reads what the manifest alone tells; a single image costs its config too, because only that names the platform.
 * Throws what the source and the decoders throw.
 */
export async function readManifestFacts(
  source: CachedSource,
  fetched: FetchedManifest,
  what: string,
  options: CallOptions,
): Promise<ManifestFacts> {
  const manifest = decodeManifest(fetched.bytes, fetched.contentType, what)
  if (isArtifact(manifest)) return { kind: 'artifact', platforms: [], childDigests: [] }
  if (manifest.kind === 'image') return imageFacts(source, manifest, what, options)
  const children = classifyChildren(manifest).filter((child) => child.kind === 'platform')
  return {
    kind: 'index',
    platforms: claimedPlatforms(manifest),
    childDigests: children.map((child) => child.descriptor.digest),
  }
}

async function imageFacts(
  source: CachedSource,
  manifest: ImageManifest,
  what: string,
  options: CallOptions,
): Promise<ManifestFacts> {
  const config = await readConfig(source, manifest, what, options)
  const text = platformText(config.platform ?? { os: '', architecture: '' })
  return {
    kind: 'image',
    platforms: [text],
    sizes: { [text]: compressedSizeBytes(manifest) },
    ...(config.created === undefined ? {} : { created: config.created }),
    childDigests: [],
  }
}

/** Adds sizes and the newest creation time to an index's facts by reading its children. Missing children are left out. */
export async function readIndexDetails(
  source: CachedSource,
  facts: ManifestFacts,
  index: Manifest,
  options: CallOptions,
): Promise<ManifestFacts> {
  if (index.kind !== 'index') return facts
  const sizes: Record<string, number> = {}
  const created: string[] = []
  const children = classifyChildren(index).filter((child) => child.kind === 'platform')
  await Promise.all(
    children.slice(0, DETAILED_CHILDREN).map(async ({ descriptor, platform }) => {
      const text = platformText(platform)
      const what = `${text} of the index`
      const fetched = await source.getManifest(descriptor.digest, options).catch(ifMissing)
      if (!fetched) return
      const manifest = decodeManifest(fetched.bytes, fetched.contentType, what)
      if (manifest.kind !== 'image') return
      sizes[text] ??= compressedSizeBytes(manifest)
      const config = await readConfig(source, manifest, what, options).catch(ifMissing)
      if (config?.created) created.push(config.created)
    }),
  )
  const newest = created.sort((a, b) => Date.parse(b) - Date.parse(a))[0]
  return { ...facts, sizes, ...(newest === undefined ? {} : { created: newest }) }
}

/** A row shows sizes of this many children at most; an index with more is no usual image. */
const DETAILED_CHILDREN = 32

async function readConfig(source: CachedSource, manifest: ImageManifest, what: string, options: CallOptions) {
  const bytes = await source.getBlob(manifest.config, MANIFEST_LIMITS.configBytes, options)
  return decodeImageConfig(bytes, `The config of ${what}`)
}

function ifMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'manifest_unknown' || error.code === 'blob_unknown') return undefined
  }
  throw error
}
