import { constants, createGunzip, createZstdDecompress } from 'node:zlib'
import type { Compression } from '../layer-facts.ts'

/** Unpacked at a time: no more than this is thrown away behind what was wanted. */
const CHUNK_BYTES = 64 << 10

/**
 * What a gzip member or zstd frame unpacks to, from `skipBytes` on, `lengthBytes` of it; in zlib's own thread. The
 * packed bytes may be cut off or broken: then what came before that, which may be nothing. Never throws.
 */
export function unpackStart(
  packed: Uint8Array,
  compression: Exclude<Compression, 'none'>,
  skipBytes: number,
  lengthBytes: number,
): Promise<Buffer> {
  const stream =
    compression === 'gzip'
      ? createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES })
      : createZstdDecompress({ finishFlush: constants.ZSTD_e_flush, chunkSize: CHUNK_BYTES })
  const parts: Buffer[] = []
  let unpackedBytes = 0
  return new Promise((resolve) => {
    const finish = () => {
      stream.destroy()
      resolve(Buffer.concat(parts).subarray(0, lengthBytes))
    }
    stream.on('data', (chunk: Buffer) => {
      const wanted = chunk.subarray(Math.max(0, skipBytes - unpackedBytes))
      unpackedBytes += chunk.length
      if (wanted.length > 0) parts.push(wanted)
      if (unpackedBytes >= skipBytes + lengthBytes) finish()
    })
    stream.on('error', finish)
    stream.on('close', finish)
    stream.on('end', finish)
    stream.end(packed)
  })
}
