import { describe, expect, it } from 'vitest'
import { earlierVersion, newestVersionBelow } from './tag-history.ts'

const TAGS = [
  ...[
    'latest',
    'main',
    'v3.0.0',
    '2',
    '2.0',
    '2.0.1',
    '2.0.0',
    '2.0.0-rc.1',
    '1.27',
    '1.27.0',
    '1.9.4',
    '1.10.0',
  ],
  ...['2.0.1-alpine', '2.0.0-alpine', '2.0-alpine', '2.0.1-ppc64le'],
]

describe('the version before', () => {
  it.each([
    ['2.0.1', '2.0.0'],
    ['2.0.0', '1.27.0'],
    ['1.10.0', '1.9.4'],
    ['1.9.4', undefined],
    ['2.0.1-alpine', '2.0.0-alpine'],
    ['v3.0.0', undefined],
    ['2.0', undefined],
    ['2.0.0-rc.1', undefined],
    ['latest', undefined],
    ['3.0.0', '2.0.1'],
  ])('%s: %s', (tag, earlier) => expect(earlierVersion(tag, TAGS)).toBe(earlier))
  it('of a version of two numbers, where nothing longer is below it', () =>
    expect(earlierVersion('1.2', ['1.2', '1.1', '1.1.5', '1.0'])).toBe('1.1'))
})

describe('the newest version below a floating tag', () => {
  it.each([
    ['latest', 'v3.0.0'],
    ['2', '2.0.1'],
    ['2.0', '2.0.1'],
    ['1.27', '1.27.0'],
    ['2.0-alpine', '2.0.1-alpine'],
    ['2.0.1', undefined],
    ['main', undefined],
  ])('%s: %s', (tag, newest) => expect(newestVersionBelow(tag, TAGS)).toBe(newest))
  it('is nothing where there are no versions', () =>
    expect(newestVersionBelow('latest', ['latest', 'main', 'sha-1234567'])).toBeUndefined())
})
