import { describe, expect, it } from 'vitest'
import type { ListedImage } from './facts.ts'
import { four, judge, odd, told } from './testing/four-platforms.ts'
import { listedImage, type ListedImageSpec as Spec } from './testing/listed-image.ts'

describe('a clean image', () => {
  it.each<[string, ListedImage[]]>([
    ['four platforms', four()],
    [
      'variants of arm',
      ['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7', 'linux/arm64/v8'].map((p) => listedImage(p)),
    ],
    ['no image at all', []],
  ])('has no finding: %s', (_, images) => expect(judge(images)).toMatchObject({ findings: [], unjudged: [] }))
  it('says which checks looked', () =>
    expect(judge(four()).checked).toEqual([
      ...[
        'META-001',
        'META-002',
        'META-003',
        'META-004',
        'META-005',
        'META-006',
        'META-007',
        'COV-005',
        'SUP-001',
      ],
    ]))
  it('of nothing was looked at by nothing but the check of the list', () =>
    expect(judge([]).checked).toEqual(['COV-005']))
  it('that is no index has nothing to compare, and no check says it looked', () =>
    expect(judge([listedImage('linux/amd64')], { kind: 'image' })).toEqual({
      findings: [],
      checked: [],
      unjudged: [],
    }))
})

it('what could not be read is told once, with the checks that missed it', () => {
  const { config: _, layers: __, ...unread } = listedImage('linux/ppc64le')
  const { findings, unjudged } = judge([listedImage('linux/amd64'), unread, listedImage('linux/s390x')])
  expect(findings).toEqual([])
  expect(unjudged).toEqual([
    {
      reason: 'image-not-read',
      platforms: ['linux/ppc64le'],
      codes: ['META-001', 'META-002', 'META-003', 'META-005', 'META-006', 'META-007'],
    },
  ])
})

describe('META-004', () => {
  it.each(['linux/ppc64le/power9', 'linux/riscv64/rva20u64', 'linux/arm64/v8.2', 'linux/amd64/v3'])(
    'finds %s alone',
    (variant) =>
      expect(judge([listedImage('linux/386'), listedImage(variant)]).findings).toMatchObject([
        { code: 'META-004', severity: 'warning', platform: variant, evidence: { listed: variant } },
      ]),
  )
  it.each([
    ['the plain platform beside it', ['linux/ppc64le', 'linux/ppc64le/power9']],
    ['what clients fold away', ['linux/arm64/v8', 'linux/amd64/v1']],
    ['32-bit arm', ['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7']],
  ])('lets %s be', (_, platforms) => expect(told(platforms.map((p) => listedImage(p)))).toEqual([]))
  it('does not judge a variant that only the config names', () => {
    const { indexPlatform: _, ...nameless } = listedImage('linux/ppc64le/power9')
    expect(judge([nameless]).findings.map(({ code }) => code)).toEqual(['COV-005'])
  })
})

describe('META-005', () => {
  it.each<[string, Spec, string]>([
    ['an entrypoint', { entrypoint: ['/start', '-v'] }, 'Entrypoint is ["/start","-v"], elsewhere ["/app"].'],
    ['a command', { cmd: ['serve'] }, 'Cmd is ["serve"], elsewhere not set.'],
    ['a user', { user: '' }, 'User is not set, elsewhere 65532.'],
    ['a folder', { workingDir: '/srv' }, 'WorkingDir is /srv, elsewhere /.'],
    ['a port', { exposedPorts: ['8080/tcp'] }, 'ExposedPorts is 8080/tcp, elsewhere not set.'],
    ['a variable', { env: ['PATH=/usr/bin:/bin', 'LANG=C'] }, 'Env LANG is C, elsewhere not set.'],
    [
      'another architecture’s name',
      { env: ['PATH=/usr/lib/x86_64-linux-gnu'] },
      'Env PATH is /usr/lib/x86_64-linux-gnu, elsewhere /usr/bin:/bin.',
    ],
  ])('finds %s', (_, spec, message) => {
    expect(told(odd(spec))).toEqual([`META-005 linux/ppc64le ${message}`])
    expect(judge(odd(spec)).findings[0]?.severity).toBe('warning')
  })
  it('tells once for the index where no majority agrees', () =>
    expect(
      told([listedImage('linux/amd64', { user: '1' }), listedImage('linux/arm64', { user: '2' })]),
    ).toEqual(['META-005 * User is 1 on linux/amd64, 2 on linux/arm64.']))
  it.each<[string, (platform: string) => Spec]>([
    [
      'own names of architectures',
      (p) => ({ env: [`LIB=/usr/lib/${TRIPLETS[p]}`], entrypoint: [`/app-${p.split('/')[1]}`] }),
    ],
    [
      'variables of an architecture',
      (p) => ({ env: [`TARGETARCH=${p}1`, `NODE_SHA256=${p}`, `QEMU_CPU=${p}`, `CFLAGS=-m${p}`] }),
    ],
    ['the order of variables', (p) => ({ env: p === 'linux/amd64' ? ['A=1', 'B=2'] : ['B=2', 'A=1'] })],
    ['ports with and without protocol', (p) => ({ exposedPorts: [p === 'linux/amd64' ? '80' : '80/tcp'] })],
    ['no folder and the root folder', (p) => ({ workingDir: p === 'linux/amd64' ? '' : '/' })],
  ])('lets %s be', (_, specOf) => expect(told(four(specOf))).toEqual([]))
  it('does not take SEARCH for ARCH', () =>
    expect(told(odd({ env: ['PATH=/usr/bin:/bin', 'SEARCH_URL=x'] }))).toHaveLength(1))
  it('does not compare Windows with Linux, nor an entry that clients never take', () =>
    expect(
      told([
        ...four(),
        listedImage('windows/amd64', { entrypoint: ['app.exe'] }),
        listedImage('linux/ppc64le', { entrypoint: ['/second'], digest: 'sha256:second' }),
      ]).filter((line) => line.startsWith('META')),
    ).toEqual([]))
})

const TRIPLETS: Readonly<Record<string, string>> = {
  'linux/amd64': 'x86_64-linux-gnu',
  'linux/arm64': 'aarch64-linux-gnu',
  'linux/ppc64le': 'powerpc64le-linux-gnu',
  'linux/s390x': 's390x-linux-gnu',
}

describe('META-006', () => {
  const version = (value: string): Spec => ({ labels: { 'org.opencontainers.image.version': value } })
  const odder = (spec: Spec, usual: Spec) => four((p) => (p === 'linux/ppc64le' ? spec : usual))
  it('finds another version label, with both values', () => {
    const images = odder(version('0.9.9'), version('1.0.0'))
    expect(told(images)).toEqual([
      'META-006 linux/ppc64le label org.opencontainers.image.version is 0.9.9, elsewhere 1.0.0.',
    ])
    expect(judge(images).findings[0]).toMatchObject({
      severity: 'error',
      evidence: { usualOn: expect.any(Array) },
    })
  })
  it('finds another version variable, and no drift beside it', () =>
    expect(told(odder({ env: ['APP_VERSION=1'] }, { env: ['APP_VERSION=2'] }))).toEqual([
      'META-006 linux/ppc64le Env APP_VERSION is 1, elsewhere 2.',
    ]))
  it('finds what was made long before the others', () =>
    expect(told(odd({ created: '2026-01-15T12:00:00Z' }))).toEqual([
      'META-006 linux/ppc64le created is 2026-01-15, elsewhere 2026-09-15.',
    ]))
  it.each<[string, ListedImage[]]>([
    ['a label that one does not state', odder({}, version('1.0.0'))],
    ['a variable that one does not state', odder({ env: [] }, { env: ['VERSION=2'] })],
    ['builders that lag by days', odd({ created: '2026-09-01T00:00:00Z' })],
    ['times of reproducible builds', odd({ created: '1970-01-01T00:00:00Z' })],
    ['no time', odd({ created: 'never' })],
  ])('lets %s be', (_, images) =>
    expect(told(images).filter((line) => line.startsWith('META-006'))).toEqual([]),
  )
})

describe('META-007', () => {
  it('finds twice the layers', () => {
    const images = odd({ layers: ['a', 'b'] })
    expect(told(images)).toEqual(
      expect.arrayContaining(['META-007 linux/ppc64le It has 2 layers, the others mostly 1 layer.']),
    )
    expect(judge(images).findings[0]?.severity).toBe('info')
  })
  it('finds twice the bytes', () =>
    expect(told(odd({ layerBytes: 10_000_000 }))).toEqual([
      'META-007 linux/ppc64le It has 10.0 MB compressed, the others mostly 5.0 MB.',
    ]))
  it.each<[string, ListedImage[]]>([
    ['a fifth more', odd({ layerBytes: 6_000_000 })],
    ['a small image', four((p) => ({ layerBytes: p === 'linux/ppc64le' ? 900_000 : 100_000 }))],
    ['two platforms', [listedImage('linux/amd64'), listedImage('linux/arm64', { layerBytes: 50_000_000 })]],
    ['no majority', four((p) => ({ layerBytes: /arm64|amd64/.test(p) ? 5_000_000 : 50_000_000 }))],
  ])('lets %s be', (_, images) => expect(told(images)).toEqual([]))
})
