import { cutText } from './cut-text.ts'

/** A run of text, or one character that would not be seen or would disturb its surroundings. */
export type TextPiece =
  | { readonly kind: 'plain'; readonly text: string }
  /** `name` is the code point: `U+202E`. */
  | { readonly kind: 'hidden'; readonly name: string }

/** Text of a registry made safe to look at; `omitted` is how many UTF-16 units were cut off. */
export interface VisibleText {
  readonly pieces: readonly TextPiece[]
  readonly omitted: number
}

/**
 * Controls, formatting (bidirectional overrides, zero-width characters), lone surrogates, private use and everything
 * else that is ignorable by default. Line feeds and tabs are seen, variation selectors belong to the emoji before them.
 */
const HIDDEN =
  /(?![\n\t\p{Variation_Selector}])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/**
 * Splits foreign text so that every character that would hide something can be drawn as its code point. At most
 * `maxLength` units are looked at.
 */
export function visibleText(text: string, maxLength = 4_000): VisibleText {
  const shown = cutText(text, maxLength)
  const pieces: TextPiece[] = []
  let from = 0
  for (const match of shown.matchAll(HIDDEN)) {
    if (match.index > from) pieces.push({ kind: 'plain', text: shown.slice(from, match.index) })
    pieces.push({ kind: 'hidden', name: codePointName(match[0]) })
    from = match.index + match[0].length
  }
  if (from < shown.length) pieces.push({ kind: 'plain', text: shown.slice(from) })
  return { pieces, omitted: text.length - shown.length }
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
