import { expect, test } from 'vitest'
import { folds, toggledFold } from './fold-words.ts'

const counts = { checksum: 2, 'native-binary': 214, unheard: 1 }

test('folds stand with the most first, in words, each with its state', () => {
  expect(
    folds(counts, ['checksum']).map(({ text, count, isShown }) => `${count} ${text} ${isShown}`),
  ).toEqual(['214 programs of the right architecture false', '2 checksums true', '1 unheard false'])
  expect(folds(counts, ['all']).every(({ isShown }) => isShown)).toBe(true)
})

test('a click shows one more or hides one; after “all”, everything but it stays', () => {
  expect(toggledFold(folds(counts, []), 'checksum')).toEqual(['checksum'])
  expect(toggledFold(folds(counts, ['checksum']), 'checksum')).toEqual([])
  expect(toggledFold(folds(counts, ['all']), 'native-binary')).toEqual(['checksum', 'unheard'])
})
