import { describe, expect, test } from 'vitest'
import { digestOf, pageFixture, tagFixture } from './fixtures.ts'
import {
  archTagCounts,
  foldedPresent,
  mergeTag,
  patchTags,
  platformCell,
  platformColumns,
  tagsToDetail,
  totalSize,
} from './tag-rows-model.ts'

const PRIMARY = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']

describe('platform columns', () => {
  test('hold the primary platforms first, seen or not', () => {
    expect(platformColumns([]).columns).toEqual(PRIMARY)
    expect(platformColumns(['windows/amd64', 'linux/arm/v7', 'linux/amd64']).columns).toEqual([
      ...PRIMARY,
      'linux/arm/v7',
      'windows/amd64',
    ])
  })

  test('fold what goes beyond seven', () => {
    const many = ['linux/386', 'linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7', 'linux/riscv64']
    const { columns, folded } = platformColumns(many, ['', ''])
    expect(columns).toEqual([...PRIMARY, 'linux/386', 'linux/arm/v5'])
    expect(folded).toEqual(['linux/arm/v6', 'linux/arm/v7', 'linux/riscv64'])
    expect(foldedPresent(tagFixture({ name: '1', platforms: ['linux/arm/v7'] }), folded)).toEqual([
      'linux/arm/v7',
    ])
  })

  test('never fold what is filtered for', () => {
    const many = ['linux/386', 'linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7', 'linux/riscv64']
    expect(platformColumns(many, ['linux/riscv64']).columns).toContain('linux/riscv64')
    expect(platformColumns([], ['linux/loong64', '']).columns).toEqual([...PRIMARY, 'linux/loong64'])
  })
})

describe('a platform cell', () => {
  test.each([
    ['present, size unknown', tagFixture({ name: '1' }), { kind: 'present' }],
    [
      'present with its size',
      tagFixture({ name: '1', sizes: { 'linux/ppc64le': 7 } }),
      { kind: 'present', sizeBytes: 7 },
    ],
    ['missing', tagFixture({ name: '1', platforms: ['linux/amd64'] }), { kind: 'hole', primary: true }],
    ['not looked at', tagFixture({ name: '1', state: 'pending', platforms: [] }), { kind: 'pending' }],
    ['unreadable', tagFixture({ name: '1', state: 'failed', platforms: [] }), { kind: 'failed' }],
    [
      'no question for an artifact',
      tagFixture({ name: '1', kind: 'artifact', platforms: [] }),
      { kind: 'none' },
    ],
  ])('is %s', (_, tag, cell) => {
    expect(platformCell(tag, 'linux/ppc64le')).toEqual(cell)
  })

  test('outside the primary platforms is a quieter hole', () => {
    expect(platformCell(tagFixture({ name: '1' }), 'linux/386')).toEqual({ kind: 'hole', primary: false })
  })
})

describe('an update of a row', () => {
  const detailed = tagFixture({
    name: '1',
    sizes: { 'linux/amd64': 5 },
    sizeBytes: 5,
    created: '2026-01-01T00:00:00Z',
  })

  test('keeps sizes and times while the digest stays', () => {
    expect(mergeTag(detailed, tagFixture({ name: '1', aliases: ['latest'] }))).toEqual({
      ...detailed,
      aliases: ['latest'],
    })
  })

  test('drops them when the tag moved', () => {
    const moved = tagFixture({ name: '1', digest: digestOf('b') })
    expect(mergeTag(detailed, moved)).toEqual(moved)
  })

  test('is put in by name and leaves other pages alone', () => {
    const page = pageFixture([
      tagFixture({ name: '1', state: 'pending', platforms: [] }),
      tagFixture({ name: '2' }),
    ])
    const update = tagFixture({ name: '1' })
    const patched = patchTags(page, new Map([['1', update]]))
    expect(patched?.tags[0]).toEqual(update)
    expect(patched?.tags[1]).toBe(page.tags[1])
    expect(patchTags(page, new Map([['3', update]]))).toBeUndefined()
    expect(patchTags(undefined, new Map([['3', update]]))).toBeUndefined()
  })

  test('of an arch tag that moved forgets whether the index lists it', () => {
    const arch = {
      name: '1-ppc64le',
      platform: 'linux/ppc64le',
      state: 'resolved' as const,
      digest: digestOf('c'),
      listed: true,
    }
    const page = pageFixture([tagFixture({ name: '1', archTags: [arch] })])
    const moved = tagFixture({ name: '1-ppc64le', digest: digestOf('d') })
    const { listed: _, ...rest } = arch
    expect(patchTags(page, new Map([['1-ppc64le', moved]]))?.tags[0]?.archTags).toEqual([
      { ...rest, digest: digestOf('d') },
    ])
  })
})

test('details are asked for rows that lack them and can have them', () => {
  const rows = [
    tagFixture({ name: 'pending', state: 'pending', platforms: [] }),
    tagFixture({ name: 'bare' }),
    tagFixture({ name: 'known', sizes: { 'linux/amd64': 1 } }),
    tagFixture({ name: 'failed', state: 'failed', platforms: [] }),
    tagFixture({ name: 'artifact', kind: 'artifact', platforms: [] }),
  ]
  expect(tagsToDetail(rows).map((tag) => tag.name)).toEqual(['pending', 'bare'])
})

test.each([
  ['all platforms', { 'linux/amd64': 600_000, 'linux/arm64': 400_000 }, '1.0 MB'],
  ['some platforms', { 'linux/amd64': 1_000_000 }, '≥ 1.0 MB'],
])('the size of %s is told as such', (_, sizes, text) => {
  const platforms = ['linux/amd64', 'linux/arm64']
  expect(totalSize(tagFixture({ name: '1', platforms, sizes, sizeBytes: 1_000_000 }))).toBe(text)
})

test('a size that is not known is not told', () => {
  expect(totalSize(tagFixture({ name: '1' }))).toBeUndefined()
})

test('arch tags that the index no longer points at are counted', () => {
  const arch = (name: string, listed?: boolean) => ({
    name,
    platform: 'linux/ppc64le',
    state: 'resolved' as const,
    ...(listed === undefined ? {} : { listed }),
  })
  const tag = tagFixture({ name: '1', archTags: [arch('a', true), arch('b', false), arch('c')] })
  expect(archTagCounts(tag)).toEqual({ total: 3, moved: 1 })
})
