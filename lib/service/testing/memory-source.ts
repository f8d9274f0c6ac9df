import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type Digest, parseDigest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import { parseRepository, type Repository } from '#lib/oci/reference.ts'
import type {
  ByteRange,
  CallOptions,
  FetchedManifest,
  ImageSource,
  ManifestHead,
  ReferrerList,
} from '#lib/source/image-source.ts'

/** A repository in memory that counts what it is asked and fails where it is told to. */
export class MemorySource implements ImageSource {
  readonly repository: Repository = parseRepository('registry.test/lab/app')
  readonly tags = new Map<string, Digest>()
  /** Digests and tags whose manifests were asked for, in order; HEAD does not count. */
  readonly asked: string[] = []
  /** The same for HEAD. */
  readonly headed: string[] = []
  /** Blobs that were opened as streams, in order. */
  readonly opened: string[] = []
  /** What asking for a tag or digest throws. */
  readonly failures = new Map<string, AppError>()
  readonly referrers = new Map<string, readonly Descriptor[]>()
  /** Called before each manifest is answered. */
  gate: (tagOrDigest: string, options: CallOptions) => Promise<void> = async () => {}
  private readonly manifests = new Map<string, FetchedManifest>()
  private readonly blobs = new Map<string, Uint8Array>()

  /** Adds a manifest with all it lists and needs, and points a tag at it. */
  put(manifest: BuiltManifest, tag?: string): Digest {
    for (const child of manifest.children) this.put(child)
    for (const blob of manifest.blobs) this.blobs.set(blob.digest, blob.bytes)
    const digest = parseDigest(manifest.digest)
    this.manifests.set(digest, { bytes: manifest.bytes, digest, contentType: manifest.mediaType })
    if (tag !== undefined) this.tags.set(tag, digest)
    return digest
  }

  remove(digest: string): void {
    this.manifests.delete(digest)
    this.blobs.delete(digest)
  }

  async credentialKey(): Promise<string> {
    return 'anonymous'
  }

  async *listTags(): AsyncGenerator<readonly string[]> {
    const failure = this.failures.get('tags/list')
    if (failure) throw failure
    yield [...this.tags.keys()]
  }

  async headManifest(tagOrDigest: string, options: CallOptions = {}): Promise<ManifestHead> {
    this.headed.push(tagOrDigest)
    const { digest, contentType } = await this.find(tagOrDigest, options)
    return { digest, contentType }
  }

  async getManifest(tagOrDigest: string, options: CallOptions = {}): Promise<FetchedManifest> {
    this.asked.push(tagOrDigest)
    return this.find(tagOrDigest, options)
  }

  private async find(tagOrDigest: string, options: CallOptions): Promise<FetchedManifest> {
    await this.gate(tagOrDigest, options)
    options.signal?.throwIfAborted()
    const failure = this.failures.get(tagOrDigest)
    if (failure) throw failure
    const found = this.manifests.get(this.tags.get(tagOrDigest) ?? tagOrDigest)
    if (found) return found
    throw new AppError('manifest_unknown', `${tagOrDigest} is not there.`)
  }

  async getBlob(descriptor: Descriptor): Promise<Uint8Array> {
    const failure = this.failures.get(descriptor.digest)
    if (failure) throw failure
    const bytes = this.blobs.get(descriptor.digest)
    if (bytes) return bytes
    throw new AppError('blob_unknown', `${descriptor.digest} is not there.`)
  }

  async *openBlob(descriptor: Descriptor): AsyncGenerator<Uint8Array> {
    this.opened.push(descriptor.digest)
    yield await this.getBlob(descriptor)
  }

  async readRange(
    descriptor: Descriptor,
    { offset, lengthBytes }: ByteRange,
  ): Promise<Uint8Array | undefined> {
    const bytes = await this.getBlob(descriptor)
    return offset + lengthBytes <= bytes.byteLength ? bytes.subarray(offset, offset + lengthBytes) : undefined
  }

  async listReferrers(digest: Digest): Promise<ReferrerList> {
    const failure = this.failures.get(`referrers/${digest}`)
    if (failure) throw failure
    const descriptors = this.referrers.get(digest)
    return descriptors ? { via: 'api', descriptors } : { via: 'none', descriptors: [] }
  }

  quota(): undefined {
    return undefined
  }

  warnings(): readonly string[] {
    return []
  }
}
