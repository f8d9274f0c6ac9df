import { expect, test } from 'vitest'
import { WeighedMap } from './weighed-map.ts'

test('forgets what was used longest ago, by weight', () => {
  const map = new WeighedMap<string>(10)
  map.set('a', 'A', 4)
  map.set('b', 'B', 4)
  expect(map.get('a')).toBe('A')
  map.set('c', 'C', 4)
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual(['A', undefined, 'C'])
})

test('keeps what came last, and makes room for it', () => {
  const map = new WeighedMap<string>(10)
  map.set('a', 'A', 1)
  map.set('large', 'L', 100)
  expect([map.get('a'), map.get('large')]).toEqual([undefined, 'L'])
  map.set('b', 'B', 1)
  expect([map.get('large'), map.get('b')]).toEqual([undefined, 'B'])
})

test('what is put again weighs once', () => {
  const map = new WeighedMap<string>(10)
  for (let time = 0; time < 5; time++) map.set('a', 'A', 4)
  map.set('b', 'B', 4)
  map.delete('b')
  map.delete('b')
  map.set('c', 'C', 6)
  expect([map.get('a'), map.get('c')]).toEqual(['A', 'C'])
})
