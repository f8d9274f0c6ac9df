/** Bytes of a layer. */
export interface BytePart {
  readonly offset: number
  readonly lengthBytes: number
}

/** Parts closer than this are asked for together: another request costs more than the bytes between. */
const GAP_BYTES = 2 << 10
/** A longer one is asked for alone, so that several are under way. */
const JOINED_BYTES = 1 << 20

/** Parts in the order of the layer, neighbours and overlapping ones joined. */
export function joinParts(parts: readonly BytePart[]): BytePart[] {
  const joined: BytePart[] = []
  for (const part of [...parts].sort((a, b) => a.offset - b.offset)) {
    const last = joined.at(-1)
    const end = part.offset + part.lengthBytes
    const lastEnd = last === undefined ? 0 : last.offset + last.lengthBytes
    const isWithin = last !== undefined && end <= lastEnd
    const isNear =
      last !== undefined && part.offset - lastEnd <= GAP_BYTES && end - last.offset <= JOINED_BYTES
    if (isWithin) continue
    if (last !== undefined && (isNear || part.offset < lastEnd)) {
      joined[joined.length - 1] = { offset: last.offset, lengthBytes: end - last.offset }
    } else joined.push(part)
  }
  return joined
}

/** What was read of a layer: any part of it that lies within one of those read. */
export class ReadParts {
  private readonly parts: readonly (BytePart & { readonly bytes: Uint8Array })[]

  /** Of parts that `joinParts` made, with their bytes. */
  constructor(parts: readonly (readonly [BytePart, Uint8Array])[]) {
    this.parts = parts.map(([part, bytes]) => ({ ...part, bytes }))
  }

  /** Throws `RangeError` for a part that was not read. */
  take({ offset, lengthBytes }: BytePart): Uint8Array {
    let [low, high] = [0, this.parts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.parts[middle]?.offset ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    const found = this.parts[low - 1]
    if (!found || offset + lengthBytes > found.offset + found.lengthBytes) {
      throw new RangeError(`${lengthBytes} bytes at ${offset} were not read`)
    }
    return found.bytes.subarray(offset - found.offset, offset - found.offset + lengthBytes)
  }
}
