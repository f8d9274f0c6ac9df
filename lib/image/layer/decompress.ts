import { createGunzip, createZstdDecompress } from 'node:zlib'
import { AppError } from '#lib/errors/app-error.ts'
import type { Compression } from './layer-facts.ts'
import { brokenLayer, truncatedLayer } from './layer-limits.ts'

/** zlib fills buffers of this size, in its own thread, while the last one is looked at here. */
const CHUNK_BYTES = 1 << 20
/** Filled buffers that wait; then zlib waits. */
const WAITING_CHUNKS = 3
/** Needed to know how a layer is packed. */
const MAGIC_BYTES = 6

/**
 * The archive within a layer's bytes, and how it was packed, known before the first chunk is yielded. A chunk is gone
 * once the next one is asked for. gzip may have several members and zstd several frames, skippable ones among them.
 * Throws `layer_unsupported`, `layer_invalid`, `layer_truncated`, and what `source` throws.
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  onCompression: (compression: Compression) => void,
): AsyncGenerator<Buffer> {
  const input = source[Symbol.asyncIterator]()
  try {
    const head: Buffer[] = []
    let headBytes = 0
    while (headBytes < MAGIC_BYTES) {
      const next = await input.next()
      if (next.done) break
      head.push(asBuffer(next.value))
      headBytes += next.value.byteLength
    }
    const first = Buffer.concat(head)
    const compression = compressionOf(first)
    onCompression(compression)
    const bytes = withFirst(first, input)
    if (compression === 'none') yield* bytes
    else yield* inflate(bytes, compression)
  } finally {
    await input.return?.()
  }
}

function compressionOf(head: Buffer): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  const magic = head.length >= 4 ? head.readUInt32LE(0) : 0
  if (magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50) return 'zstd'
  const other = OTHERS.find(({ start }) => head.subarray(0, start.length).equals(start))
  if (other === undefined) return 'none'
  throw new AppError(
    'layer_unsupported',
    `The layer is packed with ${other.name}, which images do not use.`,
    {
      hint: 'Layers are plain, gzip or zstd archives. Build the image again with a current tool.',
    },
  )
}

const OTHERS = [
  { name: 'bzip2', start: Buffer.from('BZh') },
  { name: 'xz', start: Buffer.from('\xfd7zXZ\0', 'latin1') },
  { name: 'lz4', start: Buffer.from([0x04, 0x22, 0x4d, 0x18]) },
]

async function* withFirst(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield asBuffer(next.value)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/**
 * zlib's stream, listened to instead of iterated: the listener only puts chunks aside, so that zlib's thread goes on
 * while the consumer works, and no chunk is copied.
 */
async function* inflate(source: AsyncIterable<Buffer>, kind: 'gzip' | 'zstd'): AsyncGenerator<Buffer> {
  const options = { chunkSize: CHUNK_BYTES }
  const stream = kind === 'gzip' ? createGunzip(options) : createZstdDecompress(options)
  const waiting: Buffer[] = []
  let state: { readonly ended: boolean; readonly error?: unknown } = { ended: false }
  let wake = () => {}
  const finish = (error?: unknown) => {
    if (!state.ended) state = error === undefined ? { ended: true } : { ended: true, error }
    wake()
  }
  stream.on('data', (chunk: Buffer) => {
    waiting.push(chunk)
    if (waiting.length >= WAITING_CHUNKS) stream.pause()
    wake()
  })
  stream.on('end', () => finish())
  stream.on('error', (error) => finish(translate(error, kind)))
  const feeding = feed(source, stream).catch(finish)
  try {
    while (true) {
      const chunk = waiting.shift()
      if (chunk) {
        if (stream.isPaused()) stream.resume()
        yield chunk
        release(chunk)
      } else if (state.ended) {
        if (state.error !== undefined) throw state.error
        return
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    stream.destroy()
    await feeding
  }
}

/**
 * Gives back the memory of a chunk that was the last of its buffer, for zlib has a new one by then: half a gigabyte
 * passes, and what waits for a collection adds up to a hundred megabytes.
 */
function release({ buffer, byteOffset, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && byteOffset + byteLength === buffer.byteLength) buffer.transfer(0)
}

/**
 * Writes the source into the stream by way of two buffers of its own, until either ends: one is unpacked and the other
 * waits, so that zlib never does, and a chunk of the source is done with when the next one is asked for.
 */
async function feed(source: AsyncIterable<Buffer>, stream: ReturnType<typeof createGunzip>): Promise<void> {
  const buffers = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)] as const
  let free: number = buffers.length
  let wake = () => {}
  const freed = () => {
    free++
    wake()
  }
  stream.once('close', () => wake())
  let [buffer, other] = buffers
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      while (free === 0 && !stream.destroyed) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (stream.destroyed || stream.writableEnded) return
      const filledBytes = chunk.copy(buffer, 0, at)
      at += filledBytes
      free--
      stream.write(buffer.subarray(0, filledBytes), freed)
      ;[buffer, other] = [other, buffer]
    }
  }
  if (!stream.destroyed) stream.end()
}

function translate(error: Error, kind: 'gzip' | 'zstd'): AppError {
  if (/unexpected end of file/i.test(error.message)) return truncatedLayer(`within its ${kind} stream`, error)
  return brokenLayer(`its ${kind} stream says “${error.message}”`, error)
}
