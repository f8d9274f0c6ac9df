import { MASKED_VALUE } from './mask-env.ts'

/**
 * Masks values in a text that comes in pieces. What may be the beginning of a value waits for what follows, so that a
 * value which two pieces share is masked too; nothing else waits.
 */
export class MaskStream {
  /** The longest first, so that of two that begin alike the longer one is taken. */
  private readonly values: readonly string[]
  private readonly pattern: RegExp
  private readonly longest: number
  private held = ''

  constructor(values: readonly string[]) {
    this.values = values.toSorted((a, b) => b.length - a.length)
    this.longest = this.values[0]?.length ?? 0
    this.pattern = new RegExp(this.values.map((value) => RegExp.escape(value)).join('|') || '(?!)', 'g')
  }

  /** What may be told of all that came so far, and was not told yet. */
  take(piece: string): string {
    const text = this.held + piece
    const from = this.holdFrom(text)
    this.held = text.slice(from)
    return this.mask(text.slice(0, from))
  }

  /** The rest: nothing follows. */
  end(): string {
    const rest = this.held
    this.held = ''
    return this.mask(rest)
  }

  private mask(text: string): string {
    return text.replace(this.pattern, MASKED_VALUE)
  }

  /** The first place at which a value may have begun that is not there in full; never within one that is. */
  private holdFrom(text: string): number {
    const spans = [...text.matchAll(this.pattern)].map(({ 0: { length }, index }) => [index, index + length])
    for (let at = Math.max(0, text.length - this.longest + 1); at < text.length; at++) {
      const inside = spans.find(([from = 0, to = 0]) => from < at && at < to)
      if (inside) at = (inside[1] ?? at) - 1
      else if (this.mayBegin(text.slice(at))) return at
    }
    return text.length
  }

  private mayBegin(rest: string): boolean {
    return this.values.some((value) => value.length > rest.length && value.startsWith(rest))
  }
}
