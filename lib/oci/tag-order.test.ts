import { describe, expect, it } from 'vitest'
import { compareTagKeys, isReleaseTag, tagSortKey } from './tag-order.ts'

const newestFirst = (tags: readonly string[]) =>
  tags
    .map(tagSortKey)
    .sort((a, b) => compareTagKeys(b, a))
    .map((key) => key.name)

describe('newest version first', () => {
  it.each([
    ['numbers count as numbers', ['1.10', '1.9', '1.2']],
    ['a longer version is newer than its beginning', ['1.27.1', '1.27.0', '1.27', '1']],
    [
      'a release is newer than its pre-releases',
      ['2.0.0', '2.0.0-rc.10', '2.0.0-rc.2', '2.0.0-beta1', '2.0.0-alpha', '1.9.9'],
    ],
    ['a release comes before its flavours', ['1.27.0', '1.27.0-bookworm', '1.27.0-alpine', '1.26.0']],
    ['a leading v means nothing', ['v2.0.0', '1.9.0', 'v1.8.0']],
    ['words come after versions, hashes last', ['1.0', 'main', 'latest', 'deadbeef', '0a1b2c3d4e']],
    ['dates are versions', ['20240202', '20240131', '1.0']],
    ['pre-releases without a number come before their numbered ones', ['1.0.0-rc2', '1.0.0-rc1', '1.0.0-rc']],
  ])('%s', (_, expected) => {
    expect(newestFirst([...expected].reverse())).toEqual(expected)
    expect(newestFirst(expected)).toEqual(expected)
  })

  it('is a total order, whatever the tags', () => {
    const alphabet = ['1', '2', '10', '0', '.', '-', '_', 'v', 'rc', 'a', 'f', 'latest', 'alpine']
    let seed = 42
    const random = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % n
    }
    const tag = () => Array.from({ length: 1 + random(6) }, () => alphabet[random(alphabet.length)]).join('')
    const keys = Array.from({ length: 120 }, () => tagSortKey(tag()))
    for (const a of keys) {
      for (const b of keys) {
        expect(Math.sign(compareTagKeys(a, b))).toBe(-Math.sign(compareTagKeys(b, a)) + 0)
        expect(compareTagKeys(a, b) === 0).toBe(a.name === b.name)
      }
    }
    const sorted = [...keys].sort(compareTagKeys)
    for (const [i, a] of sorted.entries()) {
      for (const b of sorted.slice(i)) expect(compareTagKeys(a, b)).toBeLessThanOrEqual(0)
    }
  })
})

describe('release tags', () => {
  it.each(['1.2', 'v1.2.3', '1.2.3.4'])('%s is a release', (tag) => expect(isReleaseTag(tag)).toBe(true))
  it.each(['1', 'latest', '1.2.3-rc1', '1.2-alpine', '20240131', '1.2.3.4.5', '1.', ''])(
    '“%s” is none',
    (tag) => expect(isReleaseTag(tag)).toBe(false),
  )
})
