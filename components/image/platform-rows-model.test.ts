import { describe, expect, test } from 'vitest'
import type { FindingDto } from '#lib/api/parts.ts'
import { digestOf, imageFixture, platformFixture } from './fixtures.ts'
import { platformRows, selectedRow } from './platform-rows-model.ts'
import { statedPlatform } from './stated-platform.ts'

const AMD64 = platformFixture('linux/amd64')
const ARM64 = platformFixture('linux/arm64')
const PPC64LE = platformFixture('linux/ppc64le')
const S390X = platformFixture('linux/s390x')

const texts = (image: ReturnType<typeof imageFixture>) =>
  platformRows(image).rows.map((row) => (row.kind === 'gap' ? `(${row.platform})` : row.platform.platform))

const ids = (image: ReturnType<typeof imageFixture>) => platformRows(image).listed.map((row) => row.id)

const error = (finding: Partial<FindingDto>): FindingDto => ({
  code: 'META-001',
  severity: 'error',
  evidence: {},
  title: 'T',
  message: 'M',
  ...finding,
})

describe('rows', () => {
  test('a full index has no gaps', () => {
    expect(texts(imageFixture([AMD64, ARM64, PPC64LE, S390X]))).toEqual([
      'linux/amd64',
      'linux/arm64',
      'linux/ppc64le',
      'linux/s390x',
    ])
  })

  test('a missing primary platform is a gap in its place', () => {
    const image = imageFixture([AMD64, S390X, platformFixture('linux/arm/v7')])
    expect(texts(image)).toEqual([
      'linux/amd64',
      '(linux/arm64)',
      '(linux/ppc64le)',
      'linux/s390x',
      'linux/arm/v7',
    ])
  })

  test('neither a single image nor an index without linux has gaps', () => {
    expect(texts(imageFixture([PPC64LE], { kind: 'image' }))).toEqual(['linux/ppc64le'])
    expect(texts(imageFixture([platformFixture('windows/amd64')]))).toEqual(['windows/amd64'])
    expect(texts(imageFixture([]))).toEqual([])
  })

  test('duplicates keep the order of the answer and have ids of their own', () => {
    const later = platformFixture('linux/amd64', { digest: digestOf('b'), shadowed: true })
    expect(ids(imageFixture([AMD64, later, later]))).toEqual([
      'linux/amd64',
      'linux/amd64~2',
      'linux/amd64~3',
    ])
  })

  test('windows builds are told apart by their key', () => {
    const builds = ['10.0.17763.1', '10.0.20348.1'].map((osVersion) =>
      platformFixture('windows/amd64', { key: `windows(${osVersion})/amd64`, osVersion }),
    )
    expect(ids(imageFixture(builds))).toEqual(['windows(10.0.17763.1)/amd64', 'windows(10.0.20348.1)/amd64'])
    expect(platformRows(imageFixture(builds)).columns.osVersion).toBe(true)
  })

  test('sizes are relative to the largest; an unknown size has no share', () => {
    const { sizeBytes: _, ...unread } = ARM64
    const image = imageFixture([platformFixture('linux/amd64', { sizeBytes: 4 }), unread, PPC64LE])
    expect(platformRows(image).listed.map((row) => row.share)).toEqual([0.000004, undefined, 1])
    expect(
      platformRows(imageFixture([platformFixture('linux/amd64', { sizeBytes: 0 })])).listed[0]?.share,
    ).toBe(undefined)
  })

  test('a finding belongs to the image that its evidence names, not to its namesake', () => {
    const first = platformFixture('linux/amd64', { digest: digestOf('1') })
    const second = platformFixture('linux/amd64', { digest: digestOf('2') })
    const findings = [error({ platform: 'linux/amd64', evidence: { digest: digestOf('2') } })]
    const { listed } = platformRows(imageFixture([first, second], { findings }))
    expect(listed.map((row) => row.findings.length)).toEqual([0, 1])
  })

  test('two platforms with one digest: a finding that names a platform is that one’s alone', () => {
    const shared = { digest: digestOf('1') }
    const findings = [
      error({ platform: 'linux/ppc64le', evidence: shared }),
      error({ code: 'META-002', evidence: { ...shared, platforms: ['linux/amd64', 'linux/ppc64le'] } }),
    ]
    const platforms = [platformFixture('linux/amd64', shared), platformFixture('linux/ppc64le', shared)]
    const { listed } = platformRows(imageFixture(platforms, { findings }))
    expect(listed.map((row) => row.findings.length)).toEqual([1, 2])
  })

  test('a finding without a digest belongs to its platform, and to none when it names none', () => {
    const findings = [error({ platform: 'linux/arm64' }), error({ evidence: { reason: 'nested' } })]
    const { listed } = platformRows(imageFixture([AMD64, ARM64], { findings }))
    expect(listed.map((row) => row.findings.length)).toEqual([0, 1])
  })
})

describe('the selected row', () => {
  const { listed } = platformRows(
    imageFixture([
      platformFixture('linux/amd64', { presence: 'missing' }),
      ARM64,
      platformFixture('windows/amd64', { key: 'windows(10.0.1)/amd64', digest: digestOf('e') }),
    ]),
  )

  test.each([
    ['linux/arm64', 'linux/arm64'],
    ['windows(10.0.1)/amd64', 'windows(10.0.1)/amd64'],
    ['windows/amd64', 'windows(10.0.1)/amd64'],
    [digestOf('e'), 'windows(10.0.1)/amd64'],
    ['linux/amd64', 'linux/amd64'],
    [undefined, 'linux/arm64'],
    ['<nonsense>', 'linux/arm64'],
  ])('%s is %s', (wanted, id) => {
    expect(selectedRow(listed, wanted)?.id).toBe(id)
  })

  test('is by default the first with an error', () => {
    const findings = [error({ platform: 'linux/ppc64le' })]
    const rows = platformRows(imageFixture([AMD64, PPC64LE], { findings })).listed
    expect(selectedRow(rows, undefined)?.id).toBe('linux/ppc64le')
  })

  test('is the first when nothing could be read, and none when there is none', () => {
    const rows = platformRows(
      imageFixture([platformFixture('linux/s390x', { presence: 'unauthorised' })]),
    ).listed
    expect(selectedRow(rows, undefined)?.id).toBe('linux/s390x')
    expect(selectedRow([], 'linux/amd64')).toBeUndefined()
  })
})

test.each([
  ['linux/arm64/v8', 'linux', 'arm64/v8'],
  ['windows/amd64', 'linux', 'windows/amd64'],
  ['linux/amd64', 'windows', 'linux/amd64'],
  ['unknown/unknown', 'linux', 'unknown/unknown'],
])('%s in a row of %s reads %s', (raw, os, text) => {
  expect(statedPlatform(raw, os)).toBe(text)
})
