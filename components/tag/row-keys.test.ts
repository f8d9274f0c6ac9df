import { expect, test } from 'vitest'
import { rowForKey } from './row-keys.ts'

test.each([
  ['ArrowDown', 5, 6],
  ['ArrowDown', 19_999, 19_999],
  ['ArrowUp', 5, 4],
  ['ArrowUp', 0, 0],
  ['PageDown', 5, 25],
  ['PageDown', 19_990, 19_999],
  ['PageUp', 5, 0],
  ['Home', 5, 0],
  ['End', 5, 19_999],
  ['Enter', 5, undefined],
])('%s moves from row %d to %s', (key, from, to) => {
  expect(rowForKey(key, from, 20_000, 20)).toBe(to)
})
