import { describe, expect, test } from 'vitest'
import { formatBytes } from './bytes.ts'
import { plural } from './plural.ts'
import { fullTime, isoDate, relativeTime } from './relative-time.ts'
import { shellQuote } from './shell-quote.ts'

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [64_012_345, '64.0 MB'],
  [1_500_000_000, '1.5 GB'],
])('%d bytes are %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes)).toBe(text)
})

test.each([
  [0, '0 tags'],
  [1, '1 tag'],
  [20_000, '20,000 tags'],
])('%d is %s', (count, text) => {
  expect(plural(count, 'tag')).toBe(text)
})

describe('a time', () => {
  const nowMs = Date.parse('2026-11-23T12:00:00Z')

  test.each([
    ['2026-11-23T11:59:40Z', 'just now'],
    ['2026-11-23T11:59:00Z', '1 minute ago'],
    ['2026-11-21T11:00:00Z', '2 days ago'],
    ['2026-11-02T11:00:00Z', '3 weeks ago'],
    ['2024-11-01T00:00:00Z', '2 years ago'],
    ['2026-11-25T13:00:00Z', 'in 2 days'],
  ])('%s is %s', (at, text) => {
    expect(relativeTime(at, nowMs)).toBe(text)
  })

  test.each([
    ['1970-01-01T00:00:00Z', '1970-01-01'],
    ['0001-01-01T00:00:00Z', '0001-01-01'],
    ['1980-01-01T00:00:00Z', '1980-01-01'],
  ])('that is a placeholder, %s, is shown as it is', (at, text) => {
    expect(relativeTime(at, nowMs)).toBe(text)
  })

  test('that is none is passed through', () => {
    expect(relativeTime('yesterday', nowMs)).toBe('yesterday')
    expect(isoDate('yesterday')).toBe('yesterday')
    expect(fullTime('yesterday')).toBe('yesterday')
  })

  test('in full is UTC', () => {
    expect(fullTime('2026-11-23T15:05:09+01:00')).toBe('2026-11-23 14:05:09 UTC')
  })
})

test.each([
  ['quay.io/power/app:1.2@sha256:ab', 'quay.io/power/app:1.2@sha256:ab'],
  ['http://localhost:3000/api/v1/tags?repository=a', "'http://localhost:3000/api/v1/tags?repository=a'"],
  ["it's", `'it'\\''s'`],
  ['', "''"],
])('%s in a shell is %s', (text, quoted) => {
  expect(shellQuote(text)).toBe(quoted)
})
