import { hash } from 'node:crypto'
import { AppError } from '#lib/errors/app-error.ts'
import { TarParser } from '../tar/tar-parser.ts'
import { decompress } from './decompress.ts'
import { LAYER_LIMITS } from './layer-limits.ts'
import { layerPath } from './layer-path.ts'

/** The file that is wanted, as facts of the layer tell it. */
export interface FileIdentity {
  /** From the root, without a leading slash. */
  readonly path: string
  /** Hex. */
  readonly sha256: string
  readonly sizeBytes: number
}

/**
 * The content of a file of a layer, known by its hash; the stream is left as soon as it has passed. Members count by the
 * last part of their path, since links among its parents may have moved the file. Throws `not_found` where it
 * is not there, and as reading a layer does.
 */
export async function readFileOf(
  source: AsyncIterable<Uint8Array>,
  { path, sha256, sizeBytes }: FileIdentity,
): Promise<Buffer> {
  const name = path.slice(path.lastIndexOf('/') + 1)
  let parts: Buffer[] | undefined
  let found: Buffer | undefined
  const parser = new TarParser(
    {
      member(member) {
        const own = layerPath(member.name).path
        const isLike = own === name || own.endsWith(`/${name}`)
        parts = isLike && member.sizeBytes === sizeBytes && !member.isPassedOver ? [] : undefined
      },
      content(chunk, from, to) {
        parts?.push(Buffer.from(chunk.subarray(from, to)))
      },
      memberEnd() {
        const bytes = parts && Buffer.concat(parts)
        parts = undefined
        if (bytes && hash('sha256', bytes, 'hex') === sha256) found ??= bytes
      },
    },
    LAYER_LIMITS,
  )
  let unpackedBytes = 0
  for await (const chunk of decompress(source, () => {})) {
    unpackedBytes += chunk.length
    if (unpackedBytes > LAYER_LIMITS.streamBytes) break
    parser.push(chunk)
    if (found) return found
  }
  throw new AppError('not_found', `The layer does not hold the ${path} it held when it was read first.`)
}
