import { expect, test } from 'vitest'
import {
  comparePath,
  comparePlatformPath,
  isComparable,
  readDiffSides,
  swapped,
  usualPair,
} from './diff-address.ts'

const read = (text: string) => readDiffSides(new URLSearchParams(text))

test('an address names two sides; what one side leaves out is as on the other', () => {
  expect(read('from=a&fromPlatform=linux/amd64&toPlatform=linux/ppc64le')).toEqual({
    from: 'a',
    to: 'a',
    fromPlatform: 'linux/amd64',
    toPlatform: 'linux/ppc64le',
  })
  expect(read('from=a&to=b&fromPlatform=linux/s390x&toPlatform=')).toMatchObject({
    to: 'b',
    toPlatform: 'linux/s390x',
  })
  expect(read('')).toMatchObject({ from: '' })
})

test.each([
  ['one reference alone', 'from=a', false],
  ['a platform with itself', 'from=a&fromPlatform=x&toPlatform=x', false],
  ['one platform of one reference', 'from=a&fromPlatform=x', false],
  ['two platforms', 'from=a&fromPlatform=x&toPlatform=y', true],
  ['two references, whole', 'from=a&to=b', true],
  ['one platform of two references', 'from=a&to=b&toPlatform=x', true],
])('%s', (_, address, comparable) => expect(isComparable(read(address))).toBe(comparable))

test('a swap changes both reference and platform', () => {
  const sides = read('from=a&to=b&fromPlatform=x&toPlatform=y')
  expect(swapped(sides)).toEqual({ from: 'b', to: 'a', fromPlatform: 'y', toPlatform: 'x' })
  expect(swapped(swapped(sides))).toEqual(sides)
})

test('the usual pair is amd64 against ppc64le, else the first two', () => {
  expect(usualPair(['linux/arm64', 'linux/ppc64le', 'linux/amd64'])).toEqual(['linux/amd64', 'linux/ppc64le'])
  expect(usualPair(['linux/arm64', 'linux/arm64', 'linux/s390x'])).toEqual(['linux/arm64', 'linux/s390x'])
  expect(usualPair(['linux/amd64', 'linux/amd64'])).toBeUndefined()
  expect(comparePath('a:1', ['linux/amd64', 'linux/ppc64le'])).toBe(
    '/diff?from=a:1&to=a:1&fromPlatform=linux/amd64&toPlatform=linux/ppc64le',
  )
  expect(comparePath('a:1', ['linux/amd64'])).toBe('/diff?from=a:1')
})

test('one platform is compared with amd64, amd64 with the first other', () => {
  const all = ['linux/arm64', 'linux/amd64', 'linux/s390x']
  expect(comparePlatformPath('a', 'linux/s390x', all)).toContain(
    'fromPlatform=linux/amd64&toPlatform=linux/s390x',
  )
  expect(comparePlatformPath('a', 'linux/amd64', all)).toContain(
    'fromPlatform=linux/arm64&toPlatform=linux/amd64',
  )
  expect(comparePlatformPath('a', 'linux/amd64', ['linux/amd64'])).toBeUndefined()
})
