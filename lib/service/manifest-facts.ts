import type { Digest } from '#lib/oci/digest.ts'
import { decodeImageConfig } from '#lib/oci/image-config.ts'
import { classifyChildren } from '#lib/oci/index-children.ts'
import {
  compressedSizeBytes,
  decodeManifest,
  type ImageManifest,
  isArtifact,
  MANIFEST_LIMITS,
  type Manifest,
} from '#lib/oci/manifest.ts'
import { comparePlatformTexts, isUnknownPlatform, platformText } from '#lib/oci/platform.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions, FetchedManifest } from '#lib/source/image-source.ts'
import { type WalkedChild, walkIndex } from './index-walk.ts'
import { readChildImage } from './read-image.ts'

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
 * Reads what the manifest alone tells. Only where that is not enough does it cost more: a single image and an entry
 * without a platform cost a config, a nested index itself. Throws what the source and the decoders throw.
 */
export async function readManifestFacts(
  source: CachedSource,
  fetched: FetchedManifest,
  what: string,
  options: CallOptions,
): Promise<ManifestFacts> {
  const manifest = decodeManifest(fetched.bytes, fetched.contentType, what)
  if (isArtifact(manifest)) return ARTIFACT
  if (manifest.kind === 'image') return imageFacts(source, manifest, what, options)
  return indexFacts(await walkIndex(source, manifest, fetched.digest, options), source, options)
}

const ARTIFACT: ManifestFacts = { kind: 'artifact', platforms: [], childDigests: [] }

async function indexFacts(
  walked: readonly WalkedChild[],
  source: CachedSource,
  options: CallOptions,
): Promise<ManifestFacts> {
  const texts = new Set<string>()
  const childDigests: Digest[] = []
  let artifacts = 0
  for (const { child } of walked) {
    const read =
      child.kind === 'unlabelled'
        ? await readChildImage(source, child.descriptor, undefined, options)
        : undefined
    if (child.kind === 'artifact' || (read?.manifest && isArtifact(read.manifest))) artifacts++
    else if (child.kind === 'platform' || read) {
      const platform = child.kind === 'platform' ? child.platform : read?.config?.platform
      childDigests.push(child.descriptor.digest)
      if (platform && !isUnknownPlatform(platform)) texts.add(platformText(platform))
    }
  }
  // A list of referrers, or of charts, is no image that lacks every platform.
  if (artifacts > 0 && artifacts === walked.length) return ARTIFACT
  return { kind: 'index', platforms: [...texts].sort(comparePlatformTexts), childDigests }
}

async function imageFacts(
  source: CachedSource,
  manifest: ImageManifest,
  what: string,
  options: CallOptions,
): Promise<ManifestFacts> {
  const config = await readConfig(source, manifest, what, options)
  const platform = config.platform ?? { os: '', architecture: '' }
  const text = platformText(platform)
  return {
    kind: 'image',
    platforms: isUnknownPlatform(platform) ? [] : [text],
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
