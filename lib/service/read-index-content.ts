import PQueue from 'p-queue'
import type { ImageResponse } from '#lib/api/image.ts'
import { toProblem } from '#lib/errors/problem.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { type IndexManifest, isArtifact } from '#lib/oci/manifest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import { isUnknownPlatform, platformText } from '#lib/oci/platform.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'
import { type WalkedChild, walkIndex } from './index-walk.ts'
import type { AttestationPointer } from './read-attestations.ts'
import { type ReadImage, readChildImage } from './read-image.ts'

/** Children read in full at most. The rest are listed, and their presence is unknown: nobody looked. */
const READ_CHILDREN = 128
/** Registry calls in flight for one index. */
const CONCURRENCY = 16

type OtherChild = ImageResponse['others'][number]

/** The children of an index, told apart after a look at each. */
export interface IndexContent {
  /** In the index's order. */
  readonly images: readonly ReadImage[]
  readonly attestations: readonly AttestationPointer[]
  readonly others: readonly OtherChild[]
}

/** Reads every child of an index and of the indexes nested in it. Throws what `walkIndex` throws. */
export async function readIndexContent(
  source: ImageSource,
  index: IndexManifest,
  digest: Digest,
  options: CallOptions,
): Promise<IndexContent> {
  const walked = await walkIndex(source, index, digest, options)
  const queue = new PQueue({ concurrency: CONCURRENCY })
  const told = await queue.addAll(
    walked.map((child, position) => () => tellChild(source, child, position < READ_CHILDREN, options)),
  )
  return {
    images: told.flatMap((child) => (child.kind === 'image' ? [child.image] : [])),
    attestations: told.flatMap((child) => (child.kind === 'attestation' ? [child.pointer] : [])),
    others: told.flatMap((child) => (child.kind === 'other' ? [child.other] : [])),
  }
}

type Told =
  | { readonly kind: 'image'; readonly image: ReadImage }
  | { readonly kind: 'attestation'; readonly pointer: AttestationPointer }
  | { readonly kind: 'other'; readonly other: OtherChild }

async function tellChild(
  source: ImageSource,
  walked: WalkedChild,
  mayRead: boolean,
  options: CallOptions,
): Promise<Told> {
  const { child } = walked
  const { descriptor } = child
  if (child.kind === 'index') return other(walked, 'index')
  if (child.kind === 'attestation') {
    return {
      kind: 'attestation',
      pointer: { descriptor, inIndex: true, ...(child.subject ? { subject: child.subject } : {}) },
    }
  }
  if (child.kind === 'artifact') {
    return descriptor.artifactType === MEDIA_TYPE.dockerAttestation
      ? { kind: 'attestation', pointer: { descriptor, inIndex: true } }
      : other(walked, 'artifact')
  }
  const image: ReadImage = mayRead
    ? await readChildImage(source, descriptor, walked.nestedIn, options)
    : unread(walked)
  const { manifest } = image
  if (manifest && isAttestation(manifest))
    return { kind: 'attestation', pointer: { descriptor, inIndex: true } }
  if (manifest && isArtifact(manifest))
    return other(walked, 'artifact', manifest.artifactType ?? manifest.config.mediaType)
  const isNameless =
    child.kind === 'unclassified' && (!image.config?.platform || isUnknownPlatform(image.config.platform))
  return isNameless ? other(walked, 'unclassified') : { kind: 'image', image }
}

function isAttestation(manifest: NonNullable<ReadImage['manifest']>): boolean {
  if (manifest.artifactType !== undefined) return manifest.artifactType === MEDIA_TYPE.dockerAttestation
  return (
    manifest.layers.length > 0 &&
    manifest.layers.every((layer) => layer.mediaType.startsWith('application/vnd.in-toto'))
  )
}

function unread({ child, nestedIn }: WalkedChild): ReadImage {
  const { digest, mediaType, annotations, platform } = child.descriptor
  return {
    digest,
    mediaType,
    annotations,
    presence: 'unknown',
    ...(platform ? { indexPlatform: platform } : {}),
    ...(nestedIn ? { nestedIn } : {}),
  }
}

function other({ child, problem }: WalkedChild, reason: OtherChild['reason'], type?: string): Told {
  const { digest, mediaType, sizeBytes, artifactType, platform } = child.descriptor
  const stated = artifactType ?? type
  return {
    kind: 'other',
    other: {
      digest,
      mediaType,
      sizeBytes,
      reason,
      ...(stated ? { artifactType: stated } : {}),
      ...(platform ? { platform: platformText(platform) } : {}),
      ...(problem ? { problem: toProblem(problem) } : {}),
    },
  }
}
