import type { Digest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import type { Repository } from '#lib/oci/reference.ts'

/** What every call to a source may be told. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Background work waits while little of a rate limit's quota is left; what a person looks at does not. */
  readonly background?: boolean | undefined
}

/** A part of a blob; never empty. */
export interface ByteRange {
  readonly offset: number
  readonly lengthBytes: number
}

/** Manifest bytes whose digest was verified, with the media type the source stated (not the body's). */
export interface FetchedManifest {
  readonly bytes: Uint8Array
  readonly digest: Digest
  readonly contentType: string | undefined
}

/** What a HEAD tells. `digest` is undefined where the registry does not say it: get the manifest instead. */
export interface ManifestHead {
  readonly digest: Digest | undefined
  readonly contentType: string | undefined
}

/** Descriptors of what refers to an image, and how the source knew. */
export interface ReferrerList {
  readonly via: 'api' | 'tag' | 'none'
  readonly descriptors: readonly Descriptor[]
}

/** What is left of a registry's rate limit, as its last answer said (`ratelimit-*` headers). */
export interface Quota {
  readonly limit: number
  readonly remaining: number
  readonly windowSeconds: number
  readonly seenAt: Date
}

/**
 * One repository, readable: a registry's or an OCI layout's. Adapters verify digests over bytes and throw `AppError`
 * only. A tag or digest that is not there is `manifest_unknown`; a missing blob is `blob_unknown`.
 */
export interface ImageSource {
  readonly repository: Repository
  /** Names the credential in use without telling it: equal keys may share private cached content. */
  credentialKey(options?: CallOptions): Promise<string>
  /** All tag names, in the source's order, page by page as they arrive. */
  listTags(options?: CallOptions): AsyncIterable<readonly string[]>
  headManifest(tagOrDigest: string, options?: CallOptions): Promise<ManifestHead>
  getManifest(tagOrDigest: string, options?: CallOptions): Promise<FetchedManifest>
  /** The whole of a small blob, verified. Throws `config_too_large` beyond `maxBytes`. */
  getBlob(descriptor: Descriptor, maxBytes: number, options?: CallOptions): Promise<Uint8Array>
  /**
   * A blob of any size as it comes, for a reader that verifies it: at most the descriptor's size, which may still be
   * other bytes. Nothing is asked before the first chunk is; leaving the loop ends the transfer. A chunk is valid until
   * the next one is asked for.
   */
  openBlob(descriptor: Descriptor, options?: CallOptions): AsyncIterable<Uint8Array>
  /**
   * A part of a blob, unverified: the asker knows what it must hash to. Undefined where the source gives no ranges, or
   * gives other bytes than these.
   */
  readRange(descriptor: Descriptor, range: ByteRange, options?: CallOptions): Promise<Uint8Array | undefined>
  listReferrers(digest: Digest, options?: CallOptions): Promise<ReferrerList>
  /** The rate limit of this source, when one was seen. */
  quota(): Quota | undefined
  /** Warnings the registry sent (`Warning: 299`), each once. */
  warnings(): readonly string[]
}
