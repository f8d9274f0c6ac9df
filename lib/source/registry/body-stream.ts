/** What a stream can do to the transfer that feeds it. */
export interface StreamControl {
  pause(): void
  resume(): void
  /** Nobody reads on. */
  stop(): void
}

/** Chunks that wait for a slow reader before the transfer is paused: a few of the socket's 64 KiB. */
const WAITING_CHUNKS = 16

/**
 * A body as it arrives, for one reader: pauses the transfer while the reader is busy. A chunk is valid until the next
 * one is asked for.
 */
export class BodyStream implements AsyncIterable<Uint8Array> {
  private readonly waiting: Uint8Array[] = []
  private readonly control: StreamControl
  private ended: { readonly error?: unknown } | undefined
  private isPaused = false
  private wake = () => {}

  constructor(control: StreamControl) {
    this.control = control
  }

  push(chunk: Uint8Array): void {
    this.waiting.push(chunk)
    if (this.waiting.length >= WAITING_CHUNKS && !this.isPaused) {
      this.isPaused = true
      this.control.pause()
    }
    this.wake()
  }

  /** No more comes; with an error, the reader gets it after what has arrived. */
  end(error?: unknown): void {
    this.ended ??= error === undefined ? {} : { error }
    this.wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      while (true) {
        const chunk = this.waiting.shift()
        if (chunk) {
          yield chunk
          release(chunk)
          continue
        }
        if (this.ended) {
          if ('error' in this.ended) throw this.ended.error
          return
        }
        const woken = new Promise<void>((resolve) => {
          this.wake = resolve
        })
        if (this.isPaused) {
          this.isPaused = false
          // More may come, and the end with it, before this returns.
          this.control.resume()
        }
        await woken
      }
    } finally {
      if (!this.ended) this.control.stop()
    }
  }
}

/**
 * Gives back the memory of a chunk that the socket read for itself alone: hundreds of megabytes pass, and what waits for
 * a collection adds up to a hundred. Where it shares its memory, with headers or another chunk, it is left alone.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0)
}
