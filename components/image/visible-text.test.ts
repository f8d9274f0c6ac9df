import { describe, expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

/** The pieces as one line: hidden characters in angle brackets. */
function told(text: string, maxLength?: number): string {
  return visibleText(text, maxLength)
    .pieces.map((piece) => (piece.kind === 'plain' ? piece.text : `<${piece.name}>`))
    .join('')
}

describe('foreign text', () => {
  test.each([
    ['plain text, as it is', 'hello <b>world</b> & “quotes”', 'hello <b>world</b> & “quotes”'],
    ['a right-to-left override', 'user\u202Egnp.exe', 'user<U+202E>gnp.exe'],
    [
      'every bidirectional embedding',
      '\u202A\u202B\u202C\u202D\u202E',
      '<U+202A><U+202B><U+202C><U+202D><U+202E>',
    ],
    ['every bidirectional isolate', '\u2066\u2067\u2068\u2069', '<U+2066><U+2067><U+2068><U+2069>'],
    ['a left-to-right mark', 'a\u200Eb', 'a<U+200E>b'],
    ['zero-width space, joiner and word joiner', 'a\u200Bb\u200Dc\u2060d', 'a<U+200B>b<U+200D>c<U+2060>d'],
    ['a byte order mark', '\uFEFFx', '<U+FEFF>x'],
    ['a soft hyphen', 'pay\u00ADpal', 'pay<U+00AD>pal'],
    ['a terminal escape', '\u001B[31mred', '<U+001B>[31mred'],
    ['NUL, carriage return, delete', 'a\u0000b\rc\u007F', 'a<U+0000>b<U+000D>c<U+007F>'],
    ['a C1 control', 'a\u009Bb', 'a<U+009B>b'],
    ['a line separator', 'a\u2028b', 'a<U+2028>b'],
    ['a Hangul filler, which is a letter that cannot be seen', 'a\u3164b', 'a<U+3164>b'],
    ['tag characters beyond the basic plane', 'a\u{E0041}b', 'a<U+E0041>b'],
    ['a lone surrogate', 'a\uD800b', 'a<U+D800>b'],
    ['private use', 'a\uE000b', 'a<U+E000>b'],
    ['line feeds and tabs, as they are', 'a\n\tb', 'a\n\tb'],
    ['emoji with its variation selector', '❤\uFE0F', '❤\uFE0F'],
    ['right-to-left scripts, as they are', 'שלום', 'שלום'],
    ['nothing', '', ''],
  ])('shows %s', (_, text, expected) => {
    expect(told(text)).toBe(expected)
  })

  test('is cut at the limit and says by how much', () => {
    expect(visibleText('x'.repeat(5_000)).omitted).toBe(1_000)
    expect(told('abcdef', 3)).toBe('abc')
  })

  test('is never cut inside a character', () => {
    expect(told('ab😀', 3)).toBe('ab')
    expect(visibleText('ab😀', 3).omitted).toBe(2)
  })

  test('keeps every character that it does not cut', () => {
    const text = 'a\u202Eb\u0000c😀'
    const length = visibleText(text).pieces.reduce(
      (sum, piece) => sum + (piece.kind === 'plain' ? piece.text.length : 1),
      0,
    )
    expect(length).toBe(text.length)
  })
})
