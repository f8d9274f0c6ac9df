import { randomUUID } from 'node:crypto'
import type { OutputPartDto } from '#lib/api/runs.ts'

/** All that one attempt of a job wrote so far, bounded by what an execution keeps of its output. */
export class KeptOutput {
  private readonly epoch = randomUUID().slice(0, 8)
  private readonly parts: OutputPartDto[] = []
  private lengthSoFar = 0
  private bytesSoFar = 0

  /** The place behind what is kept now. */
  get cursor(): string {
    return `${this.epoch}-${this.lengthSoFar}`
  }

  /** In bytes of UTF-8. */
  get sizeBytes(): number {
    return this.bytesSoFar
  }

  /** Adds a piece as it comes. */
  add(stream: OutputPartDto['stream'], text: string): void {
    this.lengthSoFar += text.length
    this.bytesSoFar += Buffer.byteLength(text)
    const last = this.parts.at(-1)
    if (last?.stream === stream) last.text += text
    else this.parts.push({ stream, text })
  }

  /** What was written after a place; all of it where the place is another output’s. */
  after(cursor: string | undefined): { readonly continues: boolean; readonly parts: OutputPartDto[] } {
    const [epoch, length = ''] = cursor?.split('-') ?? []
    const continues = epoch === this.epoch && /^\d{1,9}$/.test(length)
    return { continues, parts: this.from(continues ? Number(length) : 0) }
  }

  private from(length: number): OutputPartDto[] {
    let left = length
    return this.parts.flatMap(({ stream, text }) => {
      const kept = text.slice(left)
      left = Math.max(0, left - text.length)
      return kept === '' ? [] : [{ stream, text: kept }]
    })
  }
}
