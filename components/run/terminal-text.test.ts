import { describe, expect, test } from 'vitest'
import type { OutputPartDto } from '#lib/api/runs.ts'
import { outputParts, terminalText } from './terminal-text.ts'

const out = (text: string): OutputPartDto => ({ stream: 'stdout', text })
const err = (text: string): OutputPartDto => ({ stream: 'stderr', text })
const lines = (...parts: OutputPartDto[]) =>
  terminalText(parts).lines.map(({ segments }) => segments.map(({ text }) => text).join('|'))

describe('what a program wrote', () => {
  test.each<[string, string, string[]]>([
    [
      'plain lines',
      'Process started.\nRunning on linux/ppc64le\n',
      ['Process started.', 'Running on linux/ppc64le'],
    ],
    ['an empty line in between', 'a\n\nb', ['a', '', 'b']],
    ['nothing', '', []],
    ['colours', '\x1b[1;31mred\x1b[0m and \x1b[38;5;12mblue\x1b[m', ['red and blue']],
    ['8-bit sequences', '\x9b31mred', ['red']],
    ['clearing the screen and moving about', '\x1b[2J\x1b[Hhome\x1b[3;4H!', ['home!']],
    ['a title and a link', '\x1b]0;title\x07text \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\', ['text link']],
    ['a title that never ends hides its own line only', '\x1b]0;title\nnext', ['', 'next']],
    ['device control', '\x1bPq#0\x1b\\after', ['after']],
    ['a sequence that is cut off', 'so far\x1b[3', ['so far']],
    ['a charset switch', '\x1b(Bplain', ['plain']],
    ['Windows lines', 'a\r\nb\r\n', ['a', 'b']],
    ['a progress bar', ' 10 %\r 50 %\r100 %\ndone', ['100 %', 'done']],
    ['a progress bar that goes on', ' 10 %\r 50 %\r', [' 50 %']],
    ['other controls, left to be drawn', 'a\x07b\x00c', ['a\x07b\x00c']],
    ['HTML as text', '<script>alert(1)</script>', ['<script>alert(1)</script>']],
  ])('%s', (_, text, expected) => {
    expect(lines(out(text))).toEqual(expected)
  })

  test('says whether anything was left out', () => {
    expect(terminalText([out('plain')]).isStripped).toBe(false)
    expect(terminalText([out('\x1b[31mred')]).isStripped).toBe(true)
  })

  test('a sequence that arrives in two pieces is one', () => {
    expect(lines(out('\x1b[3'), out('1mred'))).toEqual(['red'])
  })

  test('both streams share a line and stay apart', () => {
    expect(terminalText([out('a'), err('b\nc'), out('d\n')]).lines).toEqual([
      { segments: [out('a'), err('b')] },
      { segments: [err('c'), out('d')] },
    ])
  })

  test('a hundred thousand unfinished sequences take no time', () => {
    const startedMs = performance.now()
    terminalText([out('\x1b]'.repeat(100_000)), err('\x1b['.repeat(100_000))])
    expect(performance.now() - startedMs).toBeLessThan(10_000)
  })

  test('kept as one text it falls into its parts', () => {
    expect(
      outputParts('abcdef', [
        { stream: 'stdout', length: 2 },
        { stream: 'stderr', length: 4 },
      ]),
    ).toEqual([out('ab'), err('cdef')])
  })
})
