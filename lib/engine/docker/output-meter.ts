import type { OutputChunk, RunOptions } from '../run-outcome.ts'

/** More than any init says when it cannot start the program. */
const HEAD_BYTES = 1_024

/** Passes output on up to its cap, counts all of it, and remembers how standard error began. */
export class OutputMeter {
  readonly #options: Pick<RunOptions, 'onOutput' | 'outputMaxBytes'>
  #passed = 0
  #total = 0
  #stdout = 0
  #stderr = 0
  #cutShort = false
  readonly #head: Buffer[] = []

  constructor(options: Pick<RunOptions, 'onOutput' | 'outputMaxBytes'>) {
    this.#options = options
  }

  /** Takes one piece; throws what `onOutput` throws. */
  take(chunk: OutputChunk): void {
    const size = chunk.bytes.byteLength
    this.#total += size
    if (chunk.stream === 'stdout') this.#stdout += size
    else this.#takeHead(chunk.bytes)
    const room = Math.min(size, this.#options.outputMaxBytes - this.#passed)
    if (room <= 0) return
    this.#passed += room
    this.#options.onOutput(room === size ? chunk : { ...chunk, bytes: chunk.bytes.subarray(0, room) })
  }

  /** The stream ended before the program's output did. */
  cutShort(): void {
    this.#cutShort = true
  }

  /** What the outcome says of the output. */
  get counts(): { readonly outputBytes: number; readonly outputTruncated: boolean } {
    return { outputBytes: this.#total, outputTruncated: this.#cutShort || this.#total > this.#passed }
  }

  /** All that was written, when it was a little on standard error and nothing else. */
  get onlyStderr(): string | undefined {
    if (this.#stdout > 0 || this.#stderr === 0 || this.#stderr > HEAD_BYTES) return undefined
    return Buffer.concat(this.#head).toString()
  }

  #takeHead(bytes: Uint8Array): void {
    if (this.#stderr < HEAD_BYTES) this.#head.push(Buffer.from(bytes.subarray(0, HEAD_BYTES - this.#stderr)))
    this.#stderr += bytes.byteLength
  }
}
