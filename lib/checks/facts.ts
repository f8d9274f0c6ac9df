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
  /** Digest of the nested index that lists it. */
  readonly nestedIn?: string
}

/** What tier R checks judge: registry JSON only. Attestations and artifacts are not in it. */
export interface RegistryFacts {
  readonly kind: 'index' | 'image'
  /** In the index's order: clients take the first match. */
  readonly images: readonly ListedImage[]
  /** Digests of nested indexes. */
  readonly nestedIndexes: readonly string[]
}
