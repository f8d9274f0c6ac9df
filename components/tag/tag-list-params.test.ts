import { expect, test } from 'vitest'
import { readTagListParams, toAddress } from './tag-list-params.ts'

const defaults = { q: '', missing: '', platform: '', sort: 'version', order: 'desc' }

test.each([
  ['', defaults],
  [
    '?q=1.2&missing=linux%2Fppc64le&sort=name&order=asc',
    { ...defaults, q: '1.2', missing: 'linux/ppc64le', sort: 'name', order: 'asc' },
  ],
  ['?sort=size&order=up', defaults],
])('the address %s is understood', (search, expected) => {
  expect(readTagListParams(new URLSearchParams(search))).toEqual(expected)
})

test('defaults are not written', () => {
  expect(toAddress({ q: '', sort: 'version', order: 'asc' })).toEqual({ q: '', sort: '', order: 'asc' })
})
