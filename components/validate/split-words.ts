/** Words of a command line, or what is wrong with it. */
export type SplitWords =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'wrong'; readonly reason: string }

/**
 * Splits a line into words as a POSIX shell would: blanks part words, quotes keep them, a backslash takes the next
 * character as it is. Nothing is expanded.
 */
export function splitWords(line: string): SplitWords {
  const words: string[] = []
  let word: string | undefined
  let quote: string | undefined
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (character === '\\' && quote !== "'") {
      at += 1
      if (at === line.length) return { kind: 'wrong', reason: 'It ends with a backslash.' }
      const kept = quote === '"' && !/["\\$`]/.test(line.charAt(at)) ? '\\' : ''
      word = (word ?? '') + kept + line.charAt(at)
    } else if (quote === undefined && (character === "'" || character === '"')) {
      quote = character
      word ??= ''
    } else if (character === quote) {
      quote = undefined
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = (word ?? '') + character
    }
  }
  if (quote !== undefined) return { kind: 'wrong', reason: `A ${quote} is never closed.` }
  return { kind: 'words', words: word === undefined ? words : [...words, word] }
}
