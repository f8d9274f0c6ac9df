import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { type Digest, isDigest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import { formatRepository, type Repository } from '#lib/oci/reference.ts'
import { verifyBytes } from '#lib/oci/verify-bytes.ts'
import type {
  ByteRange,
  CallOptions,
  FetchedManifest,
  ImageSource,
  ManifestHead,
  Quota,
  ReferrerList,
} from '../image-source.ts'
import { SingleFlight } from '../single-flight.ts'
import type { BlobCache, CachedTag, CachedTagNames, CacheScope, ContentKind } from './blob-cache.ts'

/** What a tag is, and when the source last said so. `manifest` is there when finding out brought it along. */
export interface ResolvedTag {
  readonly digest: Digest
  readonly contentType: string | undefined
  readonly checkedAt: Date
  readonly manifest?: FetchedManifest
}

/** How old an answer may be that `resolveTag` gives without asking. */
export interface ResolveOptions extends CallOptions {
  readonly maxAgeMs: number
}

/**
 * An `ImageSource` that asks for a digest once. Content is verified again when it comes from the cache; a broken entry
 * is dropped and fetched again. Layouts are read through: the disk is quick, and what is on it may change.
 */
export class CachedSource implements ImageSource {
  private readonly source: ImageSource
  private readonly cache: BlobCache
  private readonly now: () => Date
  private readonly repositoryText: string
  private readonly forgotten = new Set<string>()
  private readonly tagFlights = new SingleFlight<ResolvedTag>()
  private readonly manifestFlights = new SingleFlight<FetchedManifest>()
  private readonly blobFlights = new SingleFlight<Uint8Array>()

  constructor(source: ImageSource, cache: BlobCache, now: () => Date) {
    this.source = source
    this.cache = cache
    this.now = now
    this.repositoryText = formatRepository(source.repository)
  }

  get repository(): Repository {
    return this.source.repository
  }

  credentialKey(options?: CallOptions): Promise<string> {
    return this.source.credentialKey(options)
  }

  quota(): Quota | undefined {
    return this.source.quota()
  }

  warnings(): readonly string[] {
    return this.source.warnings()
  }

  headManifest(tagOrDigest: string, options?: CallOptions): Promise<ManifestHead> {
    return this.source.headManifest(tagOrDigest, options)
  }

  listReferrers(digest: Digest, options?: CallOptions): Promise<ReferrerList> {
    return this.source.listReferrers(digest, options)
  }

  /** The source's pages as they arrive; the whole list is remembered for `lastTagNames` once it came to its end. */
  async *listTags(options: CallOptions = {}): AsyncGenerator<readonly string[]> {
    const names: string[] = []
    const listedAt = this.now()
    for await (const page of this.source.listTags(options)) {
      for (const name of page) names.push(name)
      yield page
    }
    if (this.isCached) this.cache.putTagNames(await this.scope(options), { names, listedAt })
  }

  /** The tag names of the last complete listing, also of an earlier process. */
  async lastTagNames(options: CallOptions = {}): Promise<CachedTagNames | undefined> {
    return this.isCached ? this.cache.getTagNames(await this.scope(options)) : undefined
  }

  /** From the cache for ever when asked by digest; asked by tag, the source answers and the tag is remembered. */
  async getManifest(tagOrDigest: string, options: CallOptions = {}): Promise<FetchedManifest> {
    if (!this.isCached) return this.source.getManifest(tagOrDigest, options)
    const scope = await this.scope(options)
    if (!isDigest(tagOrDigest)) return this.fetchTag(scope, tagOrDigest, options)
    const digest = tagOrDigest
    const cached = this.read(scope, 'manifest', digest)
    if (cached) return { bytes: cached.bytes, digest, contentType: cached.contentType }
    return fly(this.manifestFlights, `${scope.credentialKey}\n${digest}`, options, async (shared) => {
      const fetched = await this.source.getManifest(digest, shared)
      this.cache.putContent(scope, 'manifest', digest, fetched)
      return fetched
    })
  }

  /** As the source's, from the cache for ever. */
  async getBlob(descriptor: Descriptor, maxBytes: number, options: CallOptions = {}): Promise<Uint8Array> {
    if (!this.isCached) return this.source.getBlob(descriptor, maxBytes, options)
    const { digest } = descriptor
    const scope = await this.scope(options)
    const cached = this.read(scope, 'blob', digest)
    if (cached) {
      if (cached.bytes.byteLength <= maxBytes) return cached.bytes
      throw new AppError('config_too_large', `${digest} is larger than ${maxBytes} bytes, the limit.`)
    }
    return fly(
      this.blobFlights,
      `${scope.credentialKey}\n${digest}\n${maxBytes}`,
      options,
      async (shared) => {
        const bytes = await this.source.getBlob(descriptor, maxBytes, shared)
        this.cache.putContent(scope, 'blob', digest, {
          bytes,
          contentType: descriptor.mediaType || undefined,
        })
        return bytes
      },
    )
  }

  /** As the source's: layers are not kept, what is read out of them is. */
  openBlob(descriptor: Descriptor, options?: CallOptions): AsyncIterable<Uint8Array> {
    return this.source.openBlob(descriptor, options)
  }

  /** As the source's. */
  readRange(
    descriptor: Descriptor,
    range: ByteRange,
    options?: CallOptions,
  ): Promise<Uint8Array | undefined> {
    return this.source.readRange(descriptor, range, options)
  }

  /**
   * What `tag` is. An answer younger than `maxAgeMs` costs no request; an older one costs a HEAD while the digest stays
   * the same, and a GET when it changed, when nothing is known, or where HEAD tells no digest. Throws as the source does.
   */
  async resolveTag(tag: string, options: ResolveOptions): Promise<ResolvedTag> {
    if (!this.isCached) {
      const manifest = await this.source.getManifest(tag, options)
      return { ...withoutBytes(manifest), checkedAt: this.now(), manifest }
    }
    const scope = await this.scope(options)
    const known = this.cache.getTag(scope, tag)
    if (known && !this.forgotten.has(tag) && this.ageMs(known) < options.maxAgeMs) return known
    return fly(this.tagFlights, `${scope.credentialKey}\n${tag}`, options, (shared) =>
      this.askForTag(scope, tag, known, shared),
    )
  }

  /** What `tag` was when the source last said so, however long ago. Nothing is asked. */
  async lastTag(tag: string): Promise<ResolvedTag | undefined> {
    return this.isCached ? this.cache.getTag(await this.scope(), tag) : undefined
  }

  /** The manifest of a digest where it is at hand. Nothing is asked. */
  async lastManifest(digest: Digest): Promise<FetchedManifest | undefined> {
    if (!this.isCached) return this.source.getManifest(digest)
    const cached = this.read(await this.scope(), 'manifest', digest)
    return cached && { bytes: cached.bytes, digest, contentType: cached.contentType }
  }

  /** Makes the next `resolveTag` ask the source, however young the answer at hand is. */
  forgetTag(tag: string): void {
    this.forgotten.add(tag)
  }

  /** What `tag` was before it moved to what it is now, as far as this cache has seen it; undefined where it has not. */
  async tagBefore(tag: string, options: CallOptions = {}): Promise<ResolvedTag | undefined> {
    return this.isCached ? this.cache.getTagBefore(await this.scope(options), tag) : undefined
  }

  /** Facts once derived from a digest, as `putFacts` was given them; undefined when there are none. */
  async getFacts<T>(digest: Digest, options: CallOptions = {}): Promise<T | undefined> {
    return this.isCached
      ? (this.cache.getFacts(await this.scope(options), digest) as T | undefined)
      : undefined
  }

  /** Remembers facts derived from a digest alone. They come back by way of JSON. */
  async putFacts(digest: Digest, facts: unknown, options: CallOptions = {}): Promise<void> {
    if (this.isCached) this.cache.putFacts(await this.scope(options), digest, facts)
  }

  private get isCached(): boolean {
    return this.source.repository.kind === 'registry'
  }

  private async scope(options: CallOptions = {}): Promise<CacheScope> {
    const credentialKey = await this.source.credentialKey(options)
    return { credentialKey, repository: this.repositoryText }
  }

  private ageMs(known: CachedTag): number {
    const ageMs = this.now().getTime() - known.checkedAt.getTime()
    return ageMs < 0 ? Number.POSITIVE_INFINITY : ageMs
  }

  private async askForTag(
    scope: CacheScope,
    tag: string,
    known: CachedTag | undefined,
    options: CallOptions,
  ): Promise<ResolvedTag> {
    try {
      const head = known || this.isHeadWorthIt ? await this.headTag(tag, options) : undefined
      if (head?.digest === undefined)
        return withManifest(await this.fetchTag(scope, tag, options), this.now())
      const { digest } = head
      if (digest === known?.digest || this.read(scope, 'manifest', digest)) {
        const contentType = head.contentType ?? (digest === known?.digest ? known.contentType : undefined)
        return this.remember(scope, tag, { digest, contentType, checkedAt: this.now() })
      }
      const manifest = await this.getManifest(digest, options)
      return { ...this.remember(scope, tag, { ...withoutBytes(manifest), checkedAt: this.now() }), manifest }
    } catch (error) {
      if (toAppError(error).code === 'manifest_unknown') this.cache.deleteTag(scope, tag)
      throw error
    }
  }

  /** Where requests for manifests are counted and HEAD is free, even an unknown tag may turn out to be an alias. */
  private get isHeadWorthIt(): boolean {
    const { repository } = this.source
    const isDockerHub = repository.kind === 'registry' && repository.registry === 'docker.io'
    return isDockerHub || this.source.quota() !== undefined
  }

  /** Undefined where the registry does not answer HEAD sensibly: GET will tell. */
  private async headTag(tag: string, options: CallOptions): Promise<ManifestHead | undefined> {
    try {
      return await this.source.headManifest(tag, options)
    } catch (error) {
      if (toAppError(error).code === 'registry_protocol') return undefined
      throw error
    }
  }

  private async fetchTag(scope: CacheScope, tag: string, options: CallOptions): Promise<FetchedManifest> {
    const fetched = await this.source.getManifest(tag, options)
    this.cache.putContent(scope, 'manifest', fetched.digest, fetched)
    this.remember(scope, tag, { ...withoutBytes(fetched), checkedAt: this.now() })
    return fetched
  }

  private remember(scope: CacheScope, tag: string, value: CachedTag): CachedTag {
    this.cache.putTag(scope, tag, value)
    this.forgotten.delete(tag)
    return value
  }

  private read(scope: CacheScope, kind: ContentKind, digest: Digest) {
    const cached = this.cache.getContent(scope, kind, digest)
    if (!cached) return undefined
    try {
      verifyBytes(cached.bytes, digest, 'a cached entry')
      return cached
    } catch {
      this.cache.deleteContent(scope, kind, digest)
      return undefined
    }
  }
}

function withoutBytes(fetched: FetchedManifest): Omit<FetchedManifest, 'bytes'> {
  return { digest: fetched.digest, contentType: fetched.contentType }
}

function withManifest(manifest: FetchedManifest, checkedAt: Date): ResolvedTag {
  return { ...withoutBytes(manifest), checkedAt, manifest }
}

/** One flight per key. What a person waits for does not join background work, which may be held back. */
function fly<T>(
  flights: SingleFlight<T>,
  key: string,
  options: CallOptions,
  start: (shared: CallOptions) => Promise<T>,
): Promise<T> {
  const joinsForeground = !options.background || flights.has(key)
  const flightKey = joinsForeground ? key : `${key}\nbackground`
  return flights.run(flightKey, options.signal, (signal) => start({ ...options, signal }))
}
