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
 * The archive within a layer's bytes, and how it was packed, known before the first chunk is yielded. gzip may have
 * several members and zstd several frames, skippable ones among them. Throws `layer_unsupported`, `layer_invalid`,
 * `layer_truncated`, and what `source` throws.
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
    if (compression === 'none') yield* copied(bytes)
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

/** The source may use its chunks again, while what reads the archive holds on to parts of it. */
async function* copied(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield Buffer.from(chunk)
}

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
 * Writes the source into the stream at its pace, until either ends. Asks for the next chunk when zlib is done with the
 * last one; a small one may still wait within the stream, so that is a copy.
 */
async function feed(source: AsyncIterable<Buffer>, stream: ReturnType<typeof createGunzip>): Promise<void> {
  for await (const chunk of source) {
    if (stream.destroyed || stream.writableEnded) return
    if (stream.write(chunk.length < stream.writableHighWaterMark ? Buffer.from(chunk) : chunk)) continue
    await new Promise<void>((resolve) => {
      const done = () => {
        for (const event of EVENTS) stream.off(event, done)
        resolve()
      }
      for (const event of EVENTS) stream.on(event, done)
    })
  }
  if (!stream.destroyed) stream.end()
}

const EVENTS = ['drain', 'close', 'error']

function translate(error: Error, kind: 'gzip' | 'zstd'): AppError {
  if (/unexpected end of file/i.test(error.message)) return truncatedLayer(`within its ${kind} stream`, error)
  return brokenLayer(`its ${kind} stream says “${error.message}”`, error)
}
