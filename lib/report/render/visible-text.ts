/**
 * Everything that would not be seen or would disturb its surroundings: controls other than line feed and tab,
 * formatting (bidirectional overrides, zero-width characters), lone surrogates, noncharacters.
 */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

/** Foreign text with every hidden character shown by its number, `\u{1b}`; Windows line ends become line feeds. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** The same on one line, at most `maxLength` units of it. */
export function visibleLine(text: string, maxLength = 2_000): string {
  const line = visibleText(text).replace(/\s+/g, ' ').trim()
  return line.length <= maxLength
    ? line
    : `${line
        .slice(0, maxLength)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}
