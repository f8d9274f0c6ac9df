import { brokenLayer, type LayerLimits } from '../layer/layer-limits.ts'
import { type PaxSparse, readMapInContent, type SparseMap } from './sparse-map.ts'
import { TAR_BLOCK_BYTES } from './tar-header.ts'

/** Holes are handed on in parts of this size. */
const ZEROS = Buffer.alloc(1 << 16)

/** Turns the stored bytes of a sparse file into its content, zeros in its holes. Throws `layer_invalid`. */
export class SparseContent {
  private readonly sink: { content(chunk: Buffer, from: number, to: number): void }
  private readonly limits: LayerLimits
  private readonly sparse: PaxSparse
  private map: SparseMap | undefined
  private mapText: Buffer = Buffer.alloc(0)
  private piece = 0
  /** Position in the real file. */
  private at = 0

  constructor(sparse: PaxSparse, sink: SparseContent['sink'], limits: LayerLimits) {
    this.sparse = sparse
    this.sink = sink
    this.limits = limits
    if (sparse.kind === 'map') this.map = sparse.map
  }

  push(chunk: Buffer, from: number, to: number): void {
    if (this.map) this.place(this.map, chunk, from, to)
    else if (this.sparse.kind === 'map-in-content')
      this.takeMap(chunk.subarray(from, to), this.sparse.realSizeBytes)
  }

  private takeMap(bytes: Buffer, realSizeBytes: number): void {
    this.mapText = Buffer.concat([this.mapText, bytes])
    // Padded to whole blocks: the map's end is known once one is complete.
    const whole = this.mapText.length - (this.mapText.length % TAR_BLOCK_BYTES)
    const map = readMapInContent(this.mapText.subarray(0, whole), realSizeBytes)
    if (typeof map === 'string') throw brokenLayer(map)
    if (map === undefined) {
      if (this.mapText.length > this.limits.extensionBytes)
        throw brokenLayer('the map of a sparse file has no end')
      return
    }
    this.map = map
    const lines = 1 + 2 * Number(this.mapText.toString('latin1', 0, this.mapText.indexOf(10)))
    const start = Math.ceil(endOfLine(this.mapText, lines) / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES
    this.place(map, this.mapText, start, this.mapText.length)
  }

  /** The stored bytes are complete: what remains is a hole. */
  end(): void {
    if (!this.map || this.piece < this.map.pieces.length)
      throw brokenLayer('a sparse file lacks some of its pieces')
    this.zeros(this.map.realSizeBytes - this.at)
  }

  private place({ pieces }: SparseMap, chunk: Buffer, from: number, to: number): void {
    for (let start = from; start < to; ) {
      const piece = pieces[this.piece]
      if (!piece) throw brokenLayer('a sparse file has more bytes than its map')
      if (this.at < piece.offset) this.zeros(piece.offset - this.at)
      const end = Math.min(to, start + piece.offset + piece.sizeBytes - this.at)
      this.sink.content(chunk, start, end)
      this.at += end - start
      start = end
      if (this.at === piece.offset + piece.sizeBytes) this.piece++
    }
  }

  private zeros(countBytes: number): void {
    for (let left = countBytes; left > 0; left -= ZEROS.length) {
      this.sink.content(ZEROS, 0, Math.min(left, ZEROS.length))
    }
    this.at += countBytes
  }
}

/** The position behind the `lines`th line. */
function endOfLine(text: Buffer, lines: number): number {
  let at = 0
  for (let line = 0; line < lines; line++) at = text.indexOf(10, at) + 1
  return at
}
