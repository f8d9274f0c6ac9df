import type { OutputChunk } from '#lib/engine/run-outcome.ts'

/** Kept of what a program writes. */
export const OUTPUT_LIMIT_BYTES = 1 << 20

type Stream = OutputChunk['stream']

/** What a program wrote, as text: bytes that are no UTF-8 become U+FFFD, control characters stay as they are. */
export class OutputRecorder {
  private readonly onText: (stream: Stream, text: string) => void
  private readonly decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  private readonly pieces: string[] = []
  private readonly lengths: { stream: Stream; length: number }[] = []

  constructor(onText: (stream: Stream, text: string) => void) {
    this.onText = onText
  }

  /** Takes a piece as it comes; a character cut in two waits for its other half. */
  take({ stream, bytes }: OutputChunk): void {
    this.add(stream, this.decoders[stream].decode(bytes, { stream: true }))
  }

  /** Ends both streams; halves of characters that are left are shown as such. */
  end(): void {
    this.add('stdout', this.decoders.stdout.decode())
    this.add('stderr', this.decoders.stderr.decode())
  }

  /** Both streams in the order they came. */
  get output(): string {
    return this.pieces.join('')
  }

  /** Which stretch of `output` came from which stream; neighbours differ. */
  get parts(): readonly { readonly stream: Stream; readonly length: number }[] {
    return this.lengths.map((part) => ({ ...part }))
  }

  /** One stream alone. */
  textOf(stream: Stream): string {
    let at = 0
    const { output } = this
    return this.lengths
      .map((part) => {
        const text = part.stream === stream ? output.slice(at, at + part.length) : ''
        at += part.length
        return text
      })
      .join('')
  }

  private add(stream: Stream, text: string): void {
    if (text === '') return
    this.pieces.push(text)
    const last = this.lengths.at(-1)
    if (last?.stream === stream) last.length += text.length
    else this.lengths.push({ stream, length: text.length })
    this.onText(stream, text)
  }
}
