import type { PaxRecords } from './pax-records.ts'
import { numberAt } from './tar-header.ts'

/** Where the stored bytes of a sparse file lie in it; all between is zeros. */
export interface SparseMap {
  readonly realSizeBytes: number
  /** In order, without overlap. */
  readonly pieces: readonly SparsePiece[]
}

interface SparsePiece {
  readonly offset: number
  readonly sizeBytes: number
}

/** One entry of a map takes this much in GNU's own format. */
const FIELD_BYTES = 12
const HEADER_PIECES = 4
const EXTENSION_PIECES = 21

/** The pieces in a GNU `S` header at `at`, and whether a block with more of them follows. */
export function readGnuSparseHeader(block: Buffer, at: number) {
  return {
    pieces: piecesAt(block, at + 386, HEADER_PIECES),
    isContinued: block[at + 482] === 1,
    realSizeBytes: numberAt(block, at + 483, FIELD_BYTES),
  }
}

/** The pieces in a block that continues a GNU `S` header. */
export function readGnuSparseBlock(block: Buffer, at: number) {
  return { pieces: piecesAt(block, at, EXTENSION_PIECES), isContinued: block[at + 504] === 1 }
}

/**
 * What PAX records say of a sparse file: its map (formats 0.0 and 0.1), or that the map stands before the content
 * (format 1.0). Undefined for a file that is not sparse, a text for a map that makes no sense.
 * https://www.gnu.org/software/tar/manual/html_section/Sparse-Formats.html
 */
export function readPaxSparse(records: PaxRecords): PaxSparse | string | undefined {
  if (records.text('GNU.sparse.major') === '1') {
    const realSizeBytes = records.number('GNU.sparse.realsize')
    if (realSizeBytes === undefined) return 'a sparse file has no size'
    return { kind: 'map-in-content', realSizeBytes }
  }
  const realSizeBytes = records.number('GNU.sparse.size')
  if (realSizeBytes === undefined) return undefined
  const offsets = records.all('GNU.sparse.offset').map(Number)
  const sizes = records.all('GNU.sparse.numbytes').map(Number)
  const numbers =
    records.text('GNU.sparse.map')?.split(',').filter(Boolean).map(Number) ??
    offsets.flatMap((offset, at) => [offset, sizes[at] ?? Number.NaN])
  const map = toSparseMap(realSizeBytes, pairUp(numbers))
  return typeof map === 'string' ? map : { kind: 'map', map }
}

/** How a sparse file of PAX says where its pieces are. */
export type PaxSparse =
  | { readonly kind: 'map'; readonly map: SparseMap }
  | { readonly kind: 'map-in-content'; readonly realSizeBytes: number }

/** The map that stands before the content in format 1.0, when it is there whole: a count, then offset and size each. */
export function readMapInContent(content: Buffer, realSizeBytes: number): SparseMap | string | undefined {
  const lines = content.toString('latin1').split('\n')
  const count = Number(lines[0])
  if (lines.length < 2) return undefined
  if (!Number.isSafeInteger(count) || count < 0) return 'the map of a sparse file is no list of numbers'
  if (lines.length < 2 * count + 2) return undefined
  return toSparseMap(realSizeBytes, pairUp(lines.slice(1, 2 * count + 1).map(Number)))
}

/** A map of these pieces, or what is wrong with it. Empty pieces mark the end of a file and are dropped. */
export function toSparseMap(realSizeBytes: number, pieces: readonly SparsePiece[]): SparseMap | string {
  let end = 0
  for (const { offset, sizeBytes } of pieces) {
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(sizeBytes) || offset < end || sizeBytes < 0) {
      return 'the map of a sparse file makes no sense'
    }
    end = offset + sizeBytes
  }
  if (end > realSizeBytes) return 'the map of a sparse file reaches beyond it'
  return { realSizeBytes, pieces: pieces.filter(({ sizeBytes }) => sizeBytes > 0) }
}

function pairUp(numbers: readonly number[]): SparsePiece[] {
  return Array.from({ length: Math.ceil(numbers.length / 2) }, (_, at) => ({
    offset: numbers[2 * at] ?? Number.NaN,
    sizeBytes: numbers[2 * at + 1] ?? Number.NaN,
  }))
}

function piecesAt(block: Buffer, at: number, count: number): SparsePiece[] {
  const pieces: SparsePiece[] = []
  for (let index = 0; index < count; index++) {
    const from = at + index * 2 * FIELD_BYTES
    if (block[from] === 0) break
    pieces.push({
      offset: numberAt(block, from, FIELD_BYTES) ?? Number.NaN,
      sizeBytes: numberAt(block, from + FIELD_BYTES, FIELD_BYTES) ?? Number.NaN,
    })
  }
  return pieces
}
