import { AppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { decodeImageConfig, type ImageConfig } from '#lib/oci/image-config.ts'
import { decodeManifest, type ImageManifest, isArtifact, MANIFEST_LIMITS } from '#lib/oci/manifest.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import { formatReference, parseReference, withDefaultTag } from '#lib/oci/reference.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import type { ServiceContext } from './context.ts'
import { effectivePlatform } from './image-platform-dto.ts'
import { walkIndex } from './index-walk.ts'
import { readImageContent } from './read-image-content.ts'
import { type Resolved, resolveReference } from './resolve-reference.ts'

/** One image: what a reference and a platform come down to. */
export interface ChosenImage {
  readonly source: CachedSource
  /** Canonical text. */
  readonly platform: string
  readonly digest: Digest
  readonly manifest: ImageManifest
  readonly config: ImageConfig
}

/** Which image is meant. The platform may be left out where there is one only. */
export interface ImageQuestion {
  readonly ref: string
  readonly platform?: string | undefined
}

/**
 * Finds the image of a platform; of several, the first, as clients do. Costs its manifest and config alone where the
 * index names platforms. Throws `not_found` for a platform that is not there, `request_invalid` where one must be
 * named, `manifest_unsupported` for artifacts, and what the source throws.
 */
export async function chooseImage(
  context: ServiceContext,
  { ref, platform }: ImageQuestion,
  options: CallOptions,
): Promise<ChosenImage> {
  const reference = withDefaultTag(parseReference(ref))
  const wanted = platform === undefined ? undefined : platformText(parsePlatform(platform))
  const source = context.openSource(reference.repository)
  const resolved = await resolveReference(source, reference, context.now, options)
  const name = formatReference(reference)
  const quick =
    wanted && resolved.manifest.kind === 'index' && (await findInIndex(source, resolved, wanted, options))
  if (quick) return readChosen(source, quick, wanted, name, options)
  const { images } = await readImageContent(source, resolved, options)
  const rows = images.map((image) => ({ image, platform: platformText(effectivePlatform(image)) }))
  const found = wanted ? rows.find((row) => row.platform === wanted) : rows.length === 1 ? rows[0] : undefined
  if (found) return readChosen(source, found.image.digest, found.platform, name, options)
  const has = [...new Set(rows.map((row) => row.platform))].join(', ')
  if (wanted) {
    throw new AppError('not_found', `${name} has no image for ${wanted}.`, {
      hint: has ? `It has ${has}.` : 'It has none.',
    })
  }
  if (rows.length === 0) throw new AppError('manifest_unsupported', `${name} holds no container image.`)
  throw new AppError('request_invalid', `${name} has several platforms; say which one is meant.`, {
    hint: `It has ${has}.`,
  })
}

/** The digest of the first child that the index itself gives this platform. */
async function findInIndex(
  source: CachedSource,
  { manifest, fetched }: Resolved,
  wanted: string,
  options: CallOptions,
): Promise<Digest | undefined> {
  if (manifest.kind !== 'index') return undefined
  const children = await walkIndex(source, manifest, fetched.digest, options)
  const found = children.find(
    ({ child: { kind, descriptor } }) =>
      kind === 'platform' &&
      descriptor.platform !== undefined &&
      platformText(descriptor.platform) === wanted,
  )
  return found?.child.descriptor.digest
}

async function readChosen(
  source: CachedSource,
  digest: Digest,
  platform: string,
  name: string,
  options: CallOptions,
): Promise<ChosenImage> {
  const { bytes, contentType } = await source.getManifest(digest, options)
  const manifest = decodeManifest(bytes, contentType, `The manifest ${digest}`)
  if (manifest.kind !== 'image' || isArtifact(manifest)) {
    throw new AppError('manifest_unsupported', `${digest} of ${name} is no container image: it has no files.`)
  }
  const configBytes = await source.getBlob(manifest.config, MANIFEST_LIMITS.configBytes, options)
  const config = decodeImageConfig(configBytes, `The config ${manifest.config.digest}`)
  return { source, platform, digest, manifest, config }
}
