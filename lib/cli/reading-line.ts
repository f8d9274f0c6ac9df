import type { ReadingProgress } from '#lib/api/reading.ts'
import { formatBytes } from './output.ts'

/** A terminal is drawn on no more often than this. */
const REDRAW_MS = 100
/** Without a terminal a line is written this often; a reading that is over before has none. */
const PLAIN_EVERY_MS = 5_000
const CLEAR_LINE = '\r\u001b[2K'

/** How far the layers are: one line drawn over and over on a terminal, else a new line now and then. */
export class ReadingLine {
  private readonly stream: NodeJS.WriteStream
  private readonly now: () => number
  private lastMs: number
  private isDrawn = false

  constructor(stream: NodeJS.WriteStream, now: () => number = Date.now) {
    this.stream = stream
    this.now = now
    // What is answered at once flickers on no terminal.
    this.lastMs = now()
  }

  show(progress: ReadingProgress): void {
    const { isTTY } = this.stream
    const nowMs = this.now()
    if (progress.layersDone === progress.layers) return
    if (nowMs - this.lastMs < (isTTY ? REDRAW_MS : PLAIN_EVERY_MS)) return
    this.lastMs = nowMs
    const text = readingText(progress)
    this.stream.write(isTTY ? `${CLEAR_LINE}${text.slice(0, (this.stream.columns || 80) - 1)}` : `${text}\n`)
    this.isDrawn = Boolean(isTTY)
  }

  /** Wipes the line: what is printed next takes its place. */
  end(): void {
    if (this.isDrawn) this.stream.write(CLEAR_LINE)
    this.isDrawn = false
  }
}

/** `reading layers: 3 of 5, 40.2 MB of 166.0 MB, 12345 entries`. */
export function readingText({ layers, layersDone, sizeBytes, readBytes, entries }: ReadingProgress): string {
  return `reading layers: ${layersDone} of ${layers}, ${formatBytes(readBytes)} of ${formatBytes(sizeBytes)}, ${entries} entries`
}
