import { gzipSync } from 'node:zlib'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import type { LayerEntry, LayerFacts } from '../layer/layer-facts.ts'
import { type LayerRequest, type ReadLayerOptions, readLayer } from '../layer/read-layer.ts'
import { buildTar, type TarShape } from './build-tar.ts'

/** Bytes in pieces, as they come from a network. */
export async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

/** Reads a layer out of memory, by the digest it has unless another is asked for. */
export function readBytes(
  bytes: Uint8Array,
  options: ReadLayerOptions & Partial<LayerRequest> & { readonly pieceBytes?: number } = {},
): Promise<LayerFacts> {
  const {
    digest = digestOf(bytes),
    sizeBytes = bytes.byteLength,
    diffId,
    pieceBytes = 4096,
    ...rest
  } = options
  const request = { digest, sizeBytes, ...(diffId ? { diffId } : {}) }
  return readLayer(inPieces(bytes, pieceBytes), request, rest)
}

/** The facts of a layer of these members. */
export function readMembers(...shapes: readonly TarShape[]): Promise<LayerFacts> {
  return readBytes(gzipSync(buildTar(...shapes)))
}

/** The entry at a path. Throws where there is none. */
export function entryAt({ entries }: LayerFacts, path: string): LayerEntry {
  const entry = entries.find((each) => each.path === path)
  if (!entry) throw new Error(`no ${path} among ${entries.map((each) => each.path).join(', ')}`)
  return entry
}
