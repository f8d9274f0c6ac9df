import type { LayerEntry } from '../layer-facts.ts'

/** Where a table of contents says that a part of a file begins. */
export interface ChunkStart {
  /** In the layer, where something begins that unpacks on its own: a gzip member, a zstd frame. */
  readonly offset: number
  /** Unpacked bytes of others before the part: small files share a member. */
  readonly skipBytes: number
  /** In the file. */
  readonly fileOffset: number
  /** Zeros, which the layer does not hold at all. */
  readonly isHole: boolean
}

/** A part of a file, and the bytes of the layer that hold it; `packedBytes` is 0 for a hole. */
export interface TableChunk {
  readonly offset: number
  readonly packedBytes: number
  readonly skipBytes: number
  readonly sizeBytes: number
}

/** A file with all its starts, in the file's order; one that makes no sense is undefined. */
export interface ChunkedFile {
  readonly sizeBytes: number
  readonly starts: readonly (ChunkStart | undefined)[]
}

const FIELDS = 5

/**
 * The chunks of files as one row of numbers, five for each: the position of the entry, then the chunk's own. `endsAt`
 * is where the last one ends at the latest. Undefined where starts lie outside, leave gaps in a file, or two files
 * claim the same bytes: hashes may be right all the same, but nothing is read by such a map.
 */
export function mapChunks(
  files: readonly (readonly [number, ChunkedFile])[],
  endsAt: number,
): number[] | undefined {
  const offsets = new Set([endsAt])
  for (const [, { starts }] of files) {
    for (const start of starts) {
      if (start === undefined || start.offset >= endsAt) return undefined
      if (!start.isHole) offsets.add(start.offset)
    }
  }
  const sorted = [...offsets].sort((a, b) => a - b)
  const ends = new Map(sorted.map((offset, at) => [offset, sorted[at + 1] ?? endsAt]))
  const claimed = new Set<string>()
  const row: number[] = []
  for (const [entry, { starts, sizeBytes }] of files) {
    if (starts[0]?.fileOffset !== 0) return undefined
    for (const [at, start] of starts.entries()) {
      if (start === undefined) return undefined
      const { offset, skipBytes, fileOffset, isHole } = start
      const end = starts[at + 1]?.fileOffset ?? sizeBytes
      const claim = `${offset} ${skipBytes}`
      if (end <= fileOffset || (!isHole && claimed.has(claim))) return undefined
      claimed.add(claim)
      const packedBytes = isHole ? 0 : (ends.get(offset) ?? offset) - offset
      row.push(entry, isHole ? 0 : offset, packedBytes, skipBytes, end - fileOffset)
    }
  }
  return row
}

/** The chunks of each file by its path, out of a row that `mapChunks` made. */
export function chunksByPath(
  entries: readonly LayerEntry[],
  row: readonly number[],
): ReadonlyMap<string, readonly TableChunk[]> {
  const byPath = new Map<string, TableChunk[]>()
  for (let at = 0; at + FIELDS <= row.length; at += FIELDS) {
    const [entry = 0, offset = 0, packedBytes = 0, skipBytes = 0, sizeBytes = 0] = row.slice(at, at + FIELDS)
    const path = entries[entry]?.path ?? ''
    const chunks = byPath.get(path) ?? []
    chunks.push({ offset, packedBytes, skipBytes, sizeBytes })
    byPath.set(path, chunks)
  }
  return byPath
}
