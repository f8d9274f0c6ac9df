import { describe, expect, test } from 'vitest'
import { formatDuration, wholeSeconds } from './duration.ts'

describe('a duration', () => {
  test.each([
    [-5, '0.0 s'],
    [0, '0.0 s'],
    [0.4, '1 ms'],
    [85, '85 ms'],
    [95, '0.1 s'],
    [400, '0.4 s'],
    [12_340, '12.3 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [80_000, '1 min 20 s'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  test('ticks in whole seconds', () => {
    expect([0, 499, 1_500, 59_400, 61_000].map(wholeSeconds)).toEqual([
      '0 s',
      '0 s',
      '2 s',
      '59 s',
      '1 min 1 s',
    ])
  })
})
