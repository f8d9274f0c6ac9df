import { expect, test } from 'vitest'
import { changedSearch } from './use-address.ts'

test.each([
  ['?repository=quay.io/a/b', { q: '1.2' }, '?repository=quay.io/a/b&q=1.2'],
  ['?repository=a&q=1.2&missing=linux%2Fppc64le', { q: '' }, '?repository=a&missing=linux/ppc64le'],
  ['?q=old', { q: 'new & other' }, '?q=new%20%26%20other'],
  ['?ref=a&platform=x&platform=y', {}, '?ref=a&platform=x&platform=y'],
  ['?ref=a&platform=x', { platform: ['y', 'z'] }, '?ref=a&platform=y&platform=z'],
  ['?q=a', { q: undefined }, ''],
])('the address %s with %o is %s', (search, change, expected) => {
  expect(changedSearch(search, change)).toBe(expected)
})
