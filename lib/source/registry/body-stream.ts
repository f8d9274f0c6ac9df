/** What a stream can do to the transfer that feeds it. */
export interface StreamControl {
  pause(): void
  resume(): void
  /** Nobody reads on. */
  stop(): void
}

/** Chunks that wait for a slow reader before the transfer is paused: a few of the socket's 64 KiB. */
const WAITING_CHUNKS = 16

/** A body as it arrives, for one reader: pauses the transfer while the reader is busy. */
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
          continue
        }
        if (this.ended) {
          if ('error' in this.ended) throw this.ended.error
          return
        }
        if (this.isPaused) {
          this.isPaused = false
          this.control.resume()
        }
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
      }
    } finally {
      if (!this.ended) this.control.stop()
    }
  }
}
