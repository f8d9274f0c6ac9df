import type { ImageConfig } from '#lib/oci/image-config.ts'
import type { Platform } from '#lib/oci/platform.ts'

/** What an index lists as an image, and what is known of it. Platforms are as stated, not normalised. */
export interface ListedImage {
  readonly digest: string
  /** What the index says; undefined where it says nothing, or where there is no index. */
  readonly indexPlatform?: Platform
  /** What the config says; undefined where it was not read or says nothing. */
  readonly configPlatform?: Platform
  /** Undefined where the manifest was not read. */
  readonly configDigest?: string
  /** Undefined where it was not read. */
  readonly config?: ImageConfig
  /** Base first, sizes compressed; undefined where the manifest was not read. */
  readonly layers?: readonly { readonly digest: string; readonly sizeBytes: number }[]
  /** Digest of the nested index that lists it. */
  readonly nestedIn?: string
}

/** A statement about an image or an index: BuildKit's attestations, and artifacts that refer to it. */
export interface Attached {
  /** Digest of what it describes. */
  readonly subject: string
  /** Types of its predicates, or of the artifact. */
  readonly types: readonly string[]
  /** `unread`: listed, and what it holds is not known. `missing`: listed, and not in the registry. */
  readonly presence: 'read' | 'unread' | 'missing'
}

/** What is attached to an index and its images. */
export interface AttachedFacts {
  readonly list: readonly Attached[]
  /** False where the registry did not tell everything that refers to them. */
  readonly isComplete: boolean
}

/** What tier R checks judge: registry JSON only. Attestations and artifacts are not among the images. */
export interface RegistryFacts {
  readonly kind: 'index' | 'image'
  readonly digest: string
  /** In the index's order: clients take the first match. */
  readonly images: readonly ListedImage[]
  /** Digests of nested indexes. */
  readonly nestedIndexes: readonly string[]
  /** Undefined where nobody asked. */
  readonly attached?: AttachedFacts
}
