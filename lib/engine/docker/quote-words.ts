import { ENGINE_LIMITS } from './limits.ts'

/** Foreign words made fit for a message: one line, no control characters, capped. */
export function quoteWords(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > ENGINE_LIMITS.quotedChars ? `${line.slice(0, ENGINE_LIMITS.quotedChars)}…` : line
}
