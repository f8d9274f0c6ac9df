/** Bytes on their way to a thread move in parts of this size. */
export const PART_BYTES = 1 << 20

/** A part, alone in its memory, so that it can be moved. */
export type Part = Uint8Array<ArrayBuffer>

/**
 * The same bytes in large parts, written into spare ones where there are any: hundreds of megabytes pass, and memory
 * that is only given back by a later collection adds up. Leaves the source when `isOver` says so.
 */
export async function* inLargeParts(
  source: AsyncIterable<Uint8Array>,
  spares: Part[],
  isOver: () => boolean,
): AsyncGenerator<Part> {
  const empty = () => spares.pop() ?? new Uint8Array(PART_BYTES)
  let part = empty()
  let filledBytes = 0
  for await (const chunk of source) {
    if (isOver()) return
    for (let at = 0; at < chunk.byteLength; ) {
      const taken = chunk.subarray(at, at + PART_BYTES - filledBytes)
      part.set(taken, filledBytes)
      at += taken.byteLength
      filledBytes += taken.byteLength
      if (filledBytes < PART_BYTES) continue
      yield part
      part = empty()
      filledBytes = 0
    }
  }
  if (filledBytes > 0) yield part.slice(0, filledBytes)
}
