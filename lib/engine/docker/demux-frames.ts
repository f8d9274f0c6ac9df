import type { OutputChunk } from '../run-outcome.ts'

const HEADER_BYTES = 8
/** Engines send 32 KiB at most; far more is not a frame. */
const FRAME_MAX_BYTES = 16 << 20

/**
 * Takes the attach stream apart, piece by piece as it comes: a frame is `[stream, 0, 0, 0, size (32 bits, big
 * endian)]` and its payload, and both may be cut anywhere.
 * https://docs.docker.com/reference/api/engine/#tag/Container/operation/ContainerAttach
 */
export class FrameDemultiplexer {
  readonly #header = Buffer.alloc(HEADER_BYTES)
  #headerBytes = 0
  #stream: OutputChunk['stream'] = 'stdout'
  #payloadLeft = 0

  /** Hands each piece of payload to `onOutput`, as views into `chunk`. Throws `RangeError` for what is no frame. */
  push(chunk: Uint8Array, onOutput: (chunk: OutputChunk) => void): void {
    let at = 0
    while (at < chunk.byteLength) {
      if (this.#payloadLeft === 0) {
        at = this.#readHeader(chunk, at)
      } else {
        const end = Math.min(chunk.byteLength, at + this.#payloadLeft)
        this.#payloadLeft -= end - at
        onOutput({ stream: this.#stream, bytes: chunk.subarray(at, end) })
        at = end
      }
    }
  }

  /** Whether the stream may end here: not within a frame. */
  get isAtEnd(): boolean {
    return this.#headerBytes === 0 && this.#payloadLeft === 0
  }

  #readHeader(chunk: Uint8Array, from: number): number {
    const end = Math.min(chunk.byteLength, from + HEADER_BYTES - this.#headerBytes)
    this.#header.set(chunk.subarray(from, end), this.#headerBytes)
    this.#headerBytes += end - from
    if (this.#headerBytes === HEADER_BYTES) {
      this.#headerBytes = 0
      this.#startFrame()
    }
    return end
  }

  #startFrame(): void {
    const [type = 255, a, b, c] = this.#header
    const sizeBytes = this.#header.readUInt32BE(4)
    if (type > 2 || a !== 0 || b !== 0 || c !== 0 || sizeBytes > FRAME_MAX_BYTES) {
      throw new RangeError(`not an attach frame: ${this.#header.toString('hex')}`)
    }
    this.#stream = type === 2 ? 'stderr' : 'stdout'
    this.#payloadLeft = sizeBytes
  }
}
