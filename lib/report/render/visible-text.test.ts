import { expect, it } from 'vitest'
import { visibleLine, visibleText } from './visible-text.ts'

it.each([
  ['line\r\nend\ttab', 'line\nend\ttab'],
  ['esc \u001b[0m', 'esc \\u{1b}[0m'],
  ['alone \r', 'alone \\u{d}'],
  ['bidi \u202e zero \u200b', 'bidi \\u{202e} zero \\u{200b}'],
  ['half \ud800.', 'half \\u{d800}.'],
  ['none \uffff', 'none \\u{ffff}'],
  ['ÄÖ 漢字 🏗', 'ÄÖ 漢字 🏗'],
])('%j is shown as %j', (text, shown) => expect(visibleText(text)).toBe(shown))

it('a line is one line, and never cut in the middle of a character', () => {
  expect(visibleLine(' a\n\n b\t')).toBe('a b')
  expect(visibleLine('ab🏗cd', 3)).toBe('ab…')
})
