import { describe, expect, it } from 'vitest'
import { MaskStream } from './mask-stream.ts'

const told = (values: readonly string[], pieces: readonly string[]) => {
  const stream = new MaskStream(values)
  return [...pieces.map((piece) => stream.take(piece)), stream.end()]
}

describe('a value in a text that comes in pieces', () => {
  it.each<[string, string[], string[], string[]]>([
    ['is masked', ['hunter2'], ['a hunter2 b'], ['a ••• b', '']],
    ['is masked where two pieces share it', ['hunter2'], ['a hun', 'ter2 b'], ['a ', '••• b', '']],
    [
      'is masked where each letter comes alone',
      ['abcdef'],
      [...'xabcdefx'],
      ['x', ...'     '].map((c) => c.trim()).concat('•••', 'x', ''),
    ],
    ['shows what only began like it', ['hunter2'], ['a hun', 'dred'], ['a ', 'hundred', '']],
    ['shows at the end what only began like it', ['hunter2'], ['a hun'], ['a ', 'hun']],
    [
      'is the longer of two that begin alike',
      ['secret', 'secret-long'],
      ['secret', '-long'],
      ['', '•••', ''],
    ],
    [
      'is the shorter of them when that is all',
      ['secret', 'secret-long'],
      ['secret', '-lane'],
      ['', '•••-lane', ''],
    ],
    ['that repeats itself is not told by its second half', ['ababab'], ['ababab', 'x'], ['•••', 'x', '']],
    ['is looked for by its letters, not as a pattern', ['a.c(*)'], ['abc a.c(*)'], ['abc •••', '']],
    ['is nothing where there is none', [], ['as it is'], ['as it is', '']],
  ])('%s', (_, values, pieces, expected) => expect(told(values, pieces)).toEqual(expected))

  it('never waits for more than a value is long', () => {
    const stream = new MaskStream(['hunter2'])
    for (let count = 0; count < 1_000; count++) expect(stream.take('hunt').length).toBeLessThanOrEqual(8)
    expect(stream.end()).toBe('hunt')
  })
})
