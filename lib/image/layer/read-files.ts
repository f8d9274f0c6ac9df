import { type TarMember, TarParser } from '../tar/tar-parser.ts'
import { decompress } from './decompress.ts'
import { LAYER_LIMITS } from './layer-limits.ts'
import { layerPath } from './layer-path.ts'

/**
 * The contents of some files of a layer, by their path without a leading slash, each up to `maxBytes`. The bytes are
 * not verified here: the source does that. Throws as reading a layer does.
 */
export async function readFiles(
  source: AsyncIterable<Uint8Array>,
  paths: ReadonlySet<string>,
  maxBytes: number,
): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>()
  let path: string | undefined
  let parts: Buffer[] = []
  let keptBytes = 0
  const parser = new TarParser(
    {
      member({ name, sizeBytes, isPassedOver }: TarMember) {
        const own = layerPath(name).path
        path = paths.has(own) && sizeBytes <= maxBytes && !isPassedOver ? own : undefined
        parts = []
        keptBytes = 0
      },
      content(chunk, from, to) {
        if (path === undefined || keptBytes > maxBytes) return
        parts.push(Buffer.from(chunk.subarray(from, to)))
        keptBytes += to - from
      },
      memberEnd() {
        if (path !== undefined) found.set(path, Buffer.concat(parts))
        path = undefined
      },
    },
    LAYER_LIMITS,
  )
  let unpackedBytes = 0
  for await (const chunk of decompress(source, () => {})) {
    unpackedBytes += chunk.length
    if (unpackedBytes > LAYER_LIMITS.streamBytes) break
    parser.push(chunk)
  }
  return found
}
