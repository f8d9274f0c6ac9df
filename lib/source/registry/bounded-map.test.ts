import { expect, test } from 'vitest'
import { BoundedMap } from './bounded-map.ts'
import { SingleFlight } from './single-flight.ts'

test('the oldest entry goes first, a renewed one stays', () => {
  const map = new BoundedMap<number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.set('a', 3)
  map.set('c', 4)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4])
  map.delete('a')
  expect(map.getOrMake('a', () => 5)).toBe(5)
  expect(map.getOrMake('a', () => 6)).toBe(5)
})

test('one flight a key, and a new one after it landed', async () => {
  const flights = new SingleFlight<number>()
  let started = 0
  const work = async () => {
    started++
    await Promise.resolve()
    return started
  }
  expect(await Promise.all([flights.run('a', work), flights.run('a', work)])).toEqual([1, 1])
  expect(await flights.run('a', work)).toBe(2)
  await expect(flights.run('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await flights.run('b', work)).toBe(3)
})
