import path from 'node:path'
import { AppError } from '#lib/errors/app-error.ts'
import { type Digest, digestAlgorithm, isDigest } from '#lib/oci/digest.ts'
import { type Descriptor, MANIFEST_LIMITS } from '#lib/oci/manifest.ts'
import { formatRepository, type LayoutRepository } from '#lib/oci/reference.ts'
import { verifyBytes } from '#lib/oci/verify-bytes.ts'
import type {
  ByteRange,
  CallOptions,
  FetchedManifest,
  ImageSource,
  ManifestHead,
  ReferrerList,
} from '../image-source.ts'
import { LayoutFiles } from './layout-files.ts'
import { type LayoutIndex, readLayoutIndex } from './layout-index.ts'
import { allowedLayoutPath, type LayoutAccess } from './layout-path.ts'
import { findReferrers } from './layout-referrers.ts'

/** Tags or digests named in the message about one that is not there. */
const NAMED_AT_MOST = 8

/**
 * An OCI layout folder as an image source. Everything is read from disk at every call: layouts change under the hands
 * of those who build them. https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export class LayoutSource implements ImageSource {
  readonly repository: LayoutRepository
  private readonly access: LayoutAccess
  private readonly dir: string
  private readonly text: string

  /** Throws `layout_refused` when the path is outside the allowed roots. */
  constructor(repository: LayoutRepository, access: LayoutAccess) {
    this.repository = repository
    this.access = access
    this.dir = allowedLayoutPath(repository.path, access)
    this.text = formatRepository(repository)
  }

  async credentialKey(): Promise<string> {
    return 'layout'
  }

  async *listTags(options: CallOptions = {}): AsyncGenerator<readonly string[]> {
    const { index } = await this.load(options)
    yield [...index.tags.keys()]
  }

  async headManifest(tagOrDigest: string, options: CallOptions = {}): Promise<ManifestHead> {
    const { index, files } = await this.load(options)
    const { digest, contentType } = this.find(index, tagOrDigest)
    if (!(await files.has(blobPath(digest)))) throw this.manifestUnknown(digest)
    return { digest, contentType }
  }

  async getManifest(tagOrDigest: string, options: CallOptions = {}): Promise<FetchedManifest> {
    const { index, files } = await this.load(options)
    return this.readManifest(index, files, tagOrDigest)
  }

  async getBlob(descriptor: Descriptor, maxBytes: number, options: CallOptions = {}): Promise<Uint8Array> {
    const { files } = await this.load(options)
    const { digest, sizeBytes } = descriptor
    const bytes = await files.read(blobPath(digest), maxBytes)
    if (bytes === undefined) {
      throw new AppError('blob_unknown', `${this.text} has no blob ${digest}.`, { hint: INCOMPLETE })
    }
    if (bytes === 'too large') {
      throw new AppError('config_too_large', `${digest} is larger than ${maxBytes} bytes, the limit.`)
    }
    verifyBytes(bytes, digest, `${digest} in ${this.text}`)
    if (bytes.byteLength === sizeBytes) return bytes
    throw new AppError(
      'digest_mismatch',
      `${digest} in ${this.text} is ${bytes.byteLength} bytes long; its descriptor says ${sizeBytes}.`,
    )
  }

  async *openBlob({ digest }: Descriptor, options: CallOptions = {}): AsyncGenerator<Uint8Array> {
    const { files } = await this.load(options)
    const chunks = await files.open(blobPath(digest))
    if (chunks === undefined) {
      throw new AppError('blob_unknown', `${this.text} has no blob ${digest}.`, { hint: INCOMPLETE })
    }
    for await (const chunk of chunks) {
      yield chunk
      throwIfAborted(options)
    }
  }

  async readRange(
    { digest }: Descriptor,
    { offset, lengthBytes }: ByteRange,
    options: CallOptions = {},
  ): Promise<Uint8Array | undefined> {
    const { files } = await this.load(options)
    return files.readRange(blobPath(digest), offset, lengthBytes)
  }

  async listReferrers(digest: Digest, options: CallOptions = {}): Promise<ReferrerList> {
    const { index, files } = await this.load(options)
    return findReferrers(index, digest, async (wanted) => {
      throwIfAborted(options)
      return this.readManifest(index, files, wanted)
    })
  }

  quota(): undefined {
    return undefined
  }

  warnings(): readonly string[] {
    return []
  }

  /** The folder itself, or the `layout` folder in it: a sample keeps its sources beside its layout. */
  private async load(options: CallOptions): Promise<{ index: LayoutIndex; files: LayoutFiles }> {
    throwIfAborted(options)
    const { path: layoutPath } = this.repository
    const outer = new LayoutFiles(this.dir, layoutPath, this.access)
    const isNested = !(await outer.has('oci-layout')) && (await outer.has('layout/oci-layout'))
    const files = isNested ? new LayoutFiles(path.join(this.dir, 'layout'), layoutPath, this.access) : outer
    return { files, index: await readLayoutIndex(files, layoutPath) }
  }

  private find(index: LayoutIndex, tagOrDigest: string): Omit<FetchedManifest, 'bytes'> {
    const descriptor = isDigest(tagOrDigest)
      ? index.entries.find((entry) => entry.digest === tagOrDigest)
      : index.tags.get(tagOrDigest)
    const contentType = descriptor?.mediaType || undefined
    if (isDigest(tagOrDigest)) return { digest: tagOrDigest, contentType }
    if (descriptor) return { digest: descriptor.digest, contentType }
    throw this.tagUnknown(index, tagOrDigest)
  }

  private async readManifest(
    index: LayoutIndex,
    files: LayoutFiles,
    tagOrDigest: string,
  ): Promise<FetchedManifest> {
    const { digest, contentType } = this.find(index, tagOrDigest)
    const bytes = await files.read(blobPath(digest), MANIFEST_LIMITS.manifestBytes)
    if (bytes === undefined) throw this.manifestUnknown(digest)
    if (bytes === 'too large') {
      throw new AppError('manifest_too_large', `${digest} in ${this.text} is larger than 4 MiB, the limit.`)
    }
    verifyBytes(bytes, digest, `${digest} in ${this.text}`)
    return { bytes, digest, contentType }
  }

  private tagUnknown(index: LayoutIndex, tag: string): AppError {
    const names = [...index.tags.keys()]
    const digests = index.entries.map((entry) => entry.digest)
    const hint =
      names.length > 0
        ? `It has ${few(names)}.`
        : digests.length > 0
          ? `Its images have no tags; ask by digest: ${few(digests.map((digest) => `@${digest}`))}.`
          : 'It lists no images at all.'
    return new AppError('manifest_unknown', `${this.text} has no tag “${tag.slice(0, 128)}”.`, { hint })
  }

  private manifestUnknown(digest: Digest): AppError {
    return new AppError('manifest_unknown', `${this.text} has no manifest ${digest}.`, { hint: INCOMPLETE })
  }
}

const INCOMPLETE = 'The layout may be incomplete: copy the image again with all its platforms.'

function blobPath(digest: Digest): string {
  const algorithm = digestAlgorithm(digest)
  return `blobs/${algorithm}/${digest.slice(algorithm.length + 1)}`
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_AT_MOST).join(', ')
  return names.length > NAMED_AT_MOST ? `${shown} and ${names.length - NAMED_AT_MOST} more` : shown
}

function throwIfAborted(options: CallOptions): void {
  if (options.signal?.aborted) throw new AppError('cancelled', 'The work was cancelled.')
}
