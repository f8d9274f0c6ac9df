import { type Digest, isDigest } from './digest.ts'
import type { Descriptor, IndexManifest } from './manifest.ts'
import { manifestKindOf } from './media-type.ts'
import { isUnknownPlatform, type Platform } from './platform.ts'

/** What a child of an index is, as far as the index alone tells. */
export type IndexChild =
  | { readonly kind: 'platform'; readonly descriptor: Descriptor; readonly platform: Platform }
  /** An image whose platform only its config can tell. */
  | { readonly kind: 'unlabelled'; readonly descriptor: Descriptor }
  | { readonly kind: 'index'; readonly descriptor: Descriptor }
  | { readonly kind: 'attestation'; readonly descriptor: Descriptor; readonly subject?: Digest }
  /** A child with an artifact type of its own. */
  | { readonly kind: 'artifact'; readonly descriptor: Descriptor }
  /** `unknown/unknown` without a word on what it is, or a media type Archway does not know. */
  | { readonly kind: 'unclassified'; readonly descriptor: Descriptor }

const REFERENCE_TYPE = 'vnd.docker.reference.type'
const REFERENCE_DIGESTS = ['vnd.docker.reference.digest', 'com.docker.reference.digest']

/**
 * Classifies the children of an index, in the index's order. Attestations of both forms (BuildKit's
 * `unknown/unknown` with annotations, and OCI artifacts) are told from platforms here and nowhere else.
 */
export function classifyChildren(index: IndexManifest): IndexChild[] {
  return index.children.map(classify)
}

function classify(descriptor: Descriptor): IndexChild {
  const referenceType = descriptor.annotations[REFERENCE_TYPE]
  if (referenceType === 'attestation-manifest') {
    const subject = REFERENCE_DIGESTS.map((key) => descriptor.annotations[key]).find(
      (value) => value !== undefined,
    )
    return { kind: 'attestation', descriptor, ...(subject && isDigest(subject) ? { subject } : {}) }
  }
  if (referenceType !== undefined) return { kind: 'unclassified', descriptor }
  const kind = manifestKindOf(descriptor.mediaType)
  if (kind === 'index') return { kind: 'index', descriptor }
  if (descriptor.artifactType !== undefined) return { kind: 'artifact', descriptor }
  if (kind === undefined && descriptor.mediaType !== '') return { kind: 'unclassified', descriptor }
  if (descriptor.platform === undefined) return { kind: 'unlabelled', descriptor }
  if (isUnknownPlatform(descriptor.platform)) return { kind: 'unclassified', descriptor }
  return { kind: 'platform', descriptor, platform: descriptor.platform }
}
