import { shellQuote } from '#components/ui/shell-quote.ts'

/** An argument vector as one would type it: each word quoted where it must be, an empty word as `''`. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellQuote).join(' ')
}
