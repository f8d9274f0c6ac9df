import { createHash } from 'node:crypto'
import { AppError } from '#lib/errors/app-error.ts'
import { type Digest, digestAlgorithm } from '#lib/oci/digest.ts'
import type { ReadSqlite } from '../packages/package-database.ts'
import { TarParser } from '../tar/tar-parser.ts'
import { decompress } from './decompress.ts'
import type { Compression, LayerFacts } from './layer-facts.ts'
import { LAYER_LIMITS, type LayerLimits } from './layer-limits.ts'
import { LayerWalk } from './layer-walk.ts'

/** Which layer, as the manifest and the config state it. */
export interface LayerRequest {
  readonly digest: Digest
  readonly sizeBytes: number
  /** Absent where the config names none: then only the compressed bytes are verified. */
  readonly diffId?: Digest
}

/** How far the reading of a layer is. */
export interface LayerProgress {
  /** Compressed bytes so far. */
  readonly readBytes: number
  readonly entries: number
}

/** What reading a layer may be told. */
export interface ReadLayerOptions {
  readonly limits?: Partial<LayerLimits>
  /** Called after each chunk of the archive. */
  readonly onProgress?: (progress: LayerProgress) => void
  /** Opens databases of rpm; without it they are named and not read. */
  readonly readSqlite?: ReadSqlite
}

/**
 * Reads a layer in one pass: unpacks it by what it is, verifies digest and diffID, and answers the facts of every
 * entry. A chunk of the source may be used again once the next one is asked for. Throws `digest_mismatch`, `layer_diff_id_mismatch`, `layer_truncated`, `layer_invalid`, `layer_unsupported`
 * and the error of each limit, and what `source` throws.
 * https://github.com/opencontainers/image-spec/blob/main/layer.md
 */
export async function readLayer(
  source: AsyncIterable<Uint8Array>,
  request: LayerRequest,
  options: ReadLayerOptions = {},
): Promise<LayerFacts> {
  const limits = { ...LAYER_LIMITS, ...options.limits }
  const input = new VerifiedInput(source, request)
  const walk = new LayerWalk(limits, options.readSqlite)
  const parser = new TarParser(walk, limits)
  const diffAlgorithm = request.diffId === undefined ? 'sha256' : digestAlgorithm(request.diffId)
  const diffHash = createHash(diffAlgorithm)
  let compression: Compression = 'none'
  let unpackedBytes = 0
  try {
    const archive = decompress(input.chunks(), (found) => {
      compression = found
    })
    for await (const chunk of archive) {
      unpackedBytes += chunk.length
      checkVolume(unpackedBytes, input.readBytes, limits)
      diffHash.update(chunk)
      parser.push(chunk)
      options.onProgress?.({ readBytes: input.readBytes, entries: walk.entryCount })
    }
    parser.end()
  } catch (error) {
    // Bytes that are not those asked for explain everything else.
    if (error instanceof AppError && BROKEN.has(error.code)) await input.verifyRest()
    await input.close()
    throw error
  }
  await input.verifyRest()
  const diffId = `${diffAlgorithm}:${diffHash.digest('hex')}` as Digest
  if (request.diffId !== undefined && request.diffId !== diffId) {
    const message = `The layer ${request.digest} unpacks to ${diffId}; the config names ${request.diffId}.`
    throw new AppError('layer_diff_id_mismatch', message, {
      hint: 'Engines refuse this image. Build it again.',
    })
  }
  return { diffId, compression, sizeBytes: input.readBytes, unpackedBytes, ...walk.finish() }
}

const BROKEN = new Set<string>(['layer_invalid', 'layer_truncated', 'layer_unsupported'])

function checkVolume(unpackedBytes: number, readBytes: number, limits: LayerLimits): void {
  if (unpackedBytes > limits.streamBytes) {
    throw new AppError('layer_too_large', `The layer unpacks to more than ${limits.streamBytes} bytes.`)
  }
  if (unpackedBytes > limits.ratioFromBytes && unpackedBytes > readBytes * limits.ratio) {
    const message = `Each byte of the layer unpacks to more than ${limits.ratio}: ${unpackedBytes} so far.`
    throw new AppError('layer_too_dense', message, {
      hint: 'It is made to fill disks (a “zip bomb”), or holds little but zeros.',
    })
  }
}

/** The compressed bytes, hashed as they pass. */
class VerifiedInput {
  readBytes = 0
  private readonly source: AsyncIterator<Uint8Array>
  private readonly request: LayerRequest
  private readonly hash

  constructor(source: AsyncIterable<Uint8Array>, request: LayerRequest) {
    this.source = source[Symbol.asyncIterator]()
    this.request = request
    this.hash = createHash(digestAlgorithm(request.digest))
  }

  /** Ends with the source; leaving early leaves the rest for `verifyRest`. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) yield chunk
  }

  /** Reads what is left and compares. Throws `digest_mismatch`. */
  async verifyRest(): Promise<void> {
    while ((await this.next()) !== undefined);
    const { digest, sizeBytes } = this.request
    if (this.readBytes !== sizeBytes) {
      throw mismatch(`The layer ${digest} has ${this.readBytes} bytes; the manifest says ${sizeBytes}.`)
    }
    const actual = `${digestAlgorithm(digest)}:${this.hash.copy().digest('hex')}`
    if (actual !== digest) throw mismatch(`The bytes of the layer hash to ${actual}, not to ${digest}.`)
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    await this.source.return?.()
  }

  private async next(): Promise<Uint8Array | undefined> {
    const next = await this.source.next()
    if (next.done) return undefined
    this.hash.update(next.value)
    this.readBytes += next.value.byteLength
    if (this.readBytes > this.request.sizeBytes) {
      throw mismatch(
        `The layer ${this.request.digest} has more than the ${this.request.sizeBytes} bytes it should.`,
      )
    }
    return next.value
  }
}

function mismatch(message: string): AppError {
  return new AppError('digest_mismatch', message, {
    hint: 'The registry, or a proxy before it, returned other content than was asked for. Do not use it.',
  })
}
