import { gunzip, zstdDecompress } from 'node:zlib'
import { digestAlgorithm } from '#lib/oci/digest.ts'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { TarParser } from '../../tar/tar-parser.ts'
import type { LayerListing } from '../layer-facts.ts'
import { brokenLayer, LAYER_LIMITS, type LayerLimits } from '../layer-limits.ts'
import { LayerWalk } from '../layer-walk.ts'
import { type ChunkedFile, mapChunks } from './chunk-map.ts'
import { tableMembers } from './table-members.ts'
import type { TablePlace } from './table-place.ts'

/** Bytes of a layer from an offset; undefined where the source gives no ranges. */
export type ReadRange = (offset: number, lengthBytes: number) => Promise<Uint8Array | undefined>

/** What a table says a layer holds, and where in it. */
export interface LayerTable extends LayerListing {
  /** As `mapChunks` makes it; absent where what the table says of places makes no sense. */
  readonly chunkRow?: readonly number[]
}

/** A table is taken apart in the thread that serves pages; this much takes it about 100 ms. */
const PACKED_LIMIT_BYTES = 8 << 20
const UNPACKED_LIMIT_BYTES = 16 << 20
const FOOTER_BYTES = 51
/** An empty gzip member whose extra field `SG` holds the offset in hex and `STARGZ`. */
const FOOTER = /^SG..([0-9a-f]{16})STARGZ/s
const FOOTER_FIELD_AT = 12

/**
 * What a layer holds by its own table of contents: paths, attributes and hashes, no look into any file. The table is
 * verified against the manifest's annotation, not against the files. Undefined where the source gives no ranges and
 * where the table is not what it should be: then the layer itself has to be read. Throws what `readRange` throws.
 * https://github.com/containerd/stargz-snapshotter/blob/main/docs/estargz.md
 */
export async function readTable(
  place: TablePlace,
  sizeBytes: number,
  readRange: ReadRange,
  limits: LayerLimits = LAYER_LIMITS,
): Promise<LayerTable | undefined> {
  const range = place.kind === 'estargz' ? await estargzRange(sizeBytes, readRange) : chunkedRange(place)
  if (!range || range.lengthBytes > PACKED_LIMIT_BYTES || range.offset + range.lengthBytes > sizeBytes)
    return undefined
  const packed = await readRange(range.offset, range.lengthBytes)
  if (packed?.byteLength !== range.lengthBytes) return undefined
  const layer = { sizeBytes, tableAt: range.offset }
  try {
    return place.kind === 'estargz'
      ? await readEstargz(packed, place, layer, limits)
      : await readChunked(packed, place, layer, limits)
  } catch {
    return undefined
  }
}

async function estargzRange(sizeBytes: number, readRange: ReadRange) {
  if (sizeBytes < FOOTER_BYTES) return undefined
  const footer = await readRange(sizeBytes - FOOTER_BYTES, FOOTER_BYTES)
  const match = footer && FOOTER.exec(Buffer.from(footer).toString('latin1', FOOTER_FIELD_AT))
  if (!match?.[1]) return undefined
  const offset = Number.parseInt(match[1], 16)
  const lengthBytes = sizeBytes - FOOTER_BYTES - offset
  return lengthBytes > 0 ? { offset, lengthBytes } : undefined
}

function chunkedRange({ offset, packedBytes, unpackedBytes }: TablePlace & { kind: 'zstd-chunked' }) {
  return unpackedBytes > UNPACKED_LIMIT_BYTES ? undefined : { offset, lengthBytes: packedBytes }
}

interface LayerSize {
  readonly sizeBytes: number
  /** Files end before it. */
  readonly tableAt: number
}

/** The table is an archive of one file, which is also the layer's last: it is listed as engines unpack it. */
async function readEstargz(
  packed: Uint8Array,
  { checksum }: TablePlace,
  layer: LayerSize,
  limits: LayerLimits,
): Promise<LayerTable | undefined> {
  const archive = await unpack(gunzip, packed)
  let json: Buffer | undefined
  const walk = new LayerWalk(limits)
  const own = new LayerWalk(limits)
  const parser = new TarParser(
    {
      member(member) {
        if (json || member.name !== 'stargz.index.json') throw brokenLayer('its table is none')
        json = Buffer.alloc(0)
        own.member(member)
      },
      content(chunk, from, to) {
        if (json) json = Buffer.concat([json, chunk.subarray(from, to)])
        own.content(chunk, from, to)
      },
      memberEnd: () => own.memberEnd(),
    },
    limits,
  )
  parser.push(archive)
  parser.end()
  if (!json || digestOf(json, digestAlgorithm(checksum)) !== checksum) return undefined
  const files = list(json, walk, limits)
  return files && listing('gzip', layer, files, walk, own.finish().entries)
}

async function readChunked(
  packed: Uint8Array,
  { checksum }: TablePlace,
  layer: LayerSize,
  limits: LayerLimits,
): Promise<LayerTable | undefined> {
  if (digestOf(packed, digestAlgorithm(checksum)) !== checksum) return undefined
  const json = await unpack(zstdDecompress, packed)
  const walk = new LayerWalk(limits)
  const files = list(json, walk, limits)
  return files && listing('zstd', layer, files, walk)
}

type Unpack = (
  packed: Uint8Array,
  options: { maxOutputLength: number },
  done: (error: Error | null, bytes: Buffer) => void,
) => void

/** In zlib's own thread. */
function unpack(method: Unpack, packed: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    method(packed, { maxOutputLength: UNPACKED_LIMIT_BYTES }, (error, bytes) => {
      if (error) reject(error)
      else resolve(bytes)
    })
  })
}

type FilesByPath = ReadonlyMap<string, ChunkedFile & { readonly sha256: string }>

/** Lists the members into the walk; answers where the files among them lie, the last of a path. */
function list(json: Buffer, walk: LayerWalk, limits: LayerLimits): FilesByPath | undefined {
  const members = tableMembers(JSON.parse(json.toString()), limits)
  if (!members) return undefined
  const files = new Map<string, ChunkedFile & { readonly sha256: string }>()
  for (const { member, sha256, starts } of members) {
    walk.member(member)
    const path = sha256 === undefined ? undefined : walk.known(sha256)
    if (sha256 === undefined || path === undefined) continue
    files.set(path, { sha256, starts, sizeBytes: member.sizeBytes })
  }
  return files
}

/** `own`: what the table is itself in the layer. */
function listing(
  compression: 'gzip' | 'zstd',
  { sizeBytes, tableAt }: LayerSize,
  files: FilesByPath,
  walk: LayerWalk,
  own: LayerListing['entries'] = [],
): LayerTable {
  const { databases: _, entries, ...found } = walk.finish()
  const placed = entries.flatMap(({ path, sha256, hardLinkTo }, at): [number, ChunkedFile][] => {
    const file = hardLinkTo === undefined ? files.get(path) : undefined
    return file && file.sha256 === sha256 && file.sizeBytes > 0 ? [[at, file]] : []
  })
  const chunkRow = mapChunks(placed, tableAt)
  return {
    ...{ compression, sizeBytes, ...found, entries: [...entries, ...own] },
    ...(chunkRow ? { chunkRow } : {}),
  }
}
