import { AppError, toAppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { decodeImageConfig, type ImageConfig } from '#lib/oci/image-config.ts'
import {
  type Descriptor,
  decodeManifest,
  type ImageManifest,
  isArtifact,
  MANIFEST_LIMITS,
} from '#lib/oci/manifest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import type { Platform } from '#lib/oci/platform.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'

/** Whether a child that an index mentions is really there. */
export type Presence = 'present' | 'missing' | 'unauthorised' | 'unknown'

/** One image as the registry has it. A part that could not be read is absent, and `problem` says why. */
export interface ReadImage {
  readonly digest: Digest
  readonly mediaType: string
  /** As the index states it; absent where it states none, or where there is no index. */
  readonly indexPlatform?: Platform
  readonly nestedIn?: Digest
  readonly annotations: Readonly<Record<string, string>>
  readonly presence: Presence
  readonly problem?: AppError
  readonly manifest?: ImageManifest
  readonly config?: ImageConfig
}

/** Reads a child of an index: manifest, then config. Never throws but for `cancelled`. */
export async function readChildImage(
  source: ImageSource,
  descriptor: Descriptor,
  nestedIn: Digest | undefined,
  options: CallOptions,
): Promise<ReadImage> {
  const base = {
    digest: descriptor.digest,
    mediaType: descriptor.mediaType || MEDIA_TYPE.ociManifest,
    annotations: descriptor.annotations,
    ...(descriptor.platform ? { indexPlatform: descriptor.platform } : {}),
    ...(nestedIn ? { nestedIn } : {}),
  }
  try {
    // What is cached may have been deleted since: presence is the registry's word of now, and HEAD costs no pull.
    const [fetched] = await Promise.all([
      source.getManifest(descriptor.digest, options),
      checkPresence(source, descriptor.digest, options),
    ])
    const manifest = decodeManifest(fetched.bytes, fetched.contentType, `The manifest ${descriptor.digest}`)
    if (manifest.kind !== 'image') {
      throw new AppError('manifest_invalid', `${descriptor.digest} is listed as an image and is an index.`)
    }
    return { ...base, ...(await readConfigOf(source, manifest, options)) }
  } catch (error) {
    const problem = notCancelled(error)
    return { ...base, presence: presenceOf(problem), problem }
  }
}

/** Adds the config to an image's manifest. The image is present even when its config cannot be read. */
export async function readConfigOf(
  source: ImageSource,
  manifest: ImageManifest,
  options: CallOptions,
): Promise<Pick<ReadImage, 'presence' | 'problem' | 'manifest' | 'config'>> {
  if (isArtifact(manifest)) return { presence: 'present', manifest }
  try {
    const bytes = await source.getBlob(manifest.config, MANIFEST_LIMITS.configBytes, options)
    const config = decodeImageConfig(bytes, `The config ${manifest.config.digest}`)
    return { presence: 'present', manifest, config }
  } catch (error) {
    const problem = notCancelled(error)
    const isGone = problem.code === 'blob_unknown' || problem.code === 'manifest_unknown'
    return { presence: isGone ? 'missing' : 'present', manifest, problem }
  }
}

/** Throws when the source says that the digest is not there or not ours to see; other failures tell nothing of it. */
async function checkPresence(source: ImageSource, digest: Digest, options: CallOptions): Promise<void> {
  try {
    await source.headManifest(digest, options)
  } catch (error) {
    const problem = notCancelled(error)
    if (presenceOf(problem) !== 'unknown') throw problem
  }
}

function presenceOf(problem: AppError): Presence {
  if (problem.code === 'manifest_unknown' || problem.code === 'blob_unknown') return 'missing'
  if (problem.code === 'unauthorised' || problem.code === 'forbidden') return 'unauthorised'
  return 'unknown'
}

function notCancelled(error: unknown): AppError {
  const problem = toAppError(error)
  if (problem.code === 'cancelled') throw problem
  return problem
}
