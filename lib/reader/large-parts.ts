const PART_BYTES = 1 << 20

/**
 * The same bytes in parts of 1 MiB, each alone in its memory, so that it can be moved to a thread. Leaves the source
 * when `isOver` says so.
 */
export async function* inLargeParts(
  source: AsyncIterable<Uint8Array>,
  isOver: () => boolean,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let part = new Uint8Array(PART_BYTES)
  let filledBytes = 0
  for await (const chunk of source) {
    if (isOver()) return
    if (filledBytes === 0 && isAlone(chunk)) {
      yield chunk
      continue
    }
    for (let at = 0; at < chunk.byteLength; ) {
      const taken = chunk.subarray(at, at + PART_BYTES - filledBytes)
      part.set(taken, filledBytes)
      at += taken.byteLength
      filledBytes += taken.byteLength
      if (filledBytes < PART_BYTES) continue
      yield part
      part = new Uint8Array(PART_BYTES)
      filledBytes = 0
    }
  }
  if (filledBytes > 0) yield part.slice(0, filledBytes)
}

function isAlone(chunk: Uint8Array): chunk is Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = chunk
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength >= PART_BYTES
}
