import { describe, expect, it } from 'vitest'
import type { ListedImage, RegistryFacts } from './facts.ts'
import { renderFinding } from './render-finding.ts'
import { runRegistryChecks } from './run-checks.ts'
import { indexFacts, listedImage, NOTHING_ATTACHED, platformOf } from './testing/listed-image.ts'

const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']
type Spec = NonNullable<Parameters<typeof listedImage>[1]>

/** The four platforms, each made by `specOf`. */
function four(specOf: (platform: string) => Spec = () => ({})): ListedImage[] {
  return PLATFORMS.map((platform) => listedImage(platform, specOf(platform)))
}
/** The four platforms, one of them with a difference. */
function odd(spec: Spec, which = 'linux/ppc64le'): ListedImage[] {
  return four((platform) => (platform === which ? spec : {}))
}
function judge(images: readonly ListedImage[], more: Partial<RegistryFacts> = {}) {
  return runRegistryChecks(indexFacts(images, { attached: NOTHING_ATTACHED, ...more }))
}
function told(images: readonly ListedImage[], more: Partial<RegistryFacts> = {}) {
  return judge(images, more).findings.map(
    (finding) => `${finding.code} ${finding.platform ?? '*'} ${renderFinding(finding).message}`,
  )
}

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

describe('META-003', () => {
  const system = 'ADD alpine-minirootfs-3.20.0-x86_64.tar.gz / # buildkit'
  it('finds a base made for one architecture, and names the cause', () => {
    const images = four((platform) => ({
      layers: ['base', platform],
      madeBy: [system, 'COPY app /app # buildkit'],
    }))
    const [finding] = judge(images).findings
    expect(finding).toMatchObject({
      code: 'META-003',
      severity: 'warning',
      evidence: { layer: 'sha256:base', platforms: PLATFORMS, because: 'names-architecture', named: 'amd64' },
    })
    expect(told(images)).toEqual([
      expect.stringMatching(
        /^META-003 \* All of linux\/amd64, .* share the base layer .*made for amd64 .*the FROM line is pinned to that architecture’s digest\.$/,
      ),
    ])
  })
  it.each<[string, Spec, string]>([
    [
      'a whole system',
      { layers: ['base', 'x'], madeBy: ['/bin/sh -c #(nop) ADD file:1a in / ', 'RUN x'] },
      'root-filesystem',
    ],
    [
      'debootstrap',
      { layers: ['base', 'x'], madeBy: ["# debian.sh out/ 'bookworm'", 'RUN x'] },
      'root-filesystem',
    ],
    [
      'the program itself',
      { layers: ['base', 'x'], madeBy: ['COPY /out/app /app # buildkit', 'RUN x'] },
      'holds-entrypoint',
    ],
    ['large, and nothing tells', { layers: ['base', 'x'] }, 'size'],
  ])('finds %s', (_, spec, because) => {
    const images = four((platform) => ({ ...spec, layers: ['base', platform] }))
    expect(judge(images).findings).toMatchObject([
      { code: 'META-003', evidence: { because, sharedLayers: 1 } },
    ])
  })
  it('finds two that share every layer', () => {
    const images = four((platform) => ({
      layers: [platform === 'linux/ppc64le' ? 'of linux/amd64' : `of ${platform}`],
      layerBytes: 1_000,
    }))
    expect(judge(images).findings).toMatchObject([
      { code: 'META-003', evidence: { because: 'all-layers', platforms: ['linux/amd64', 'linux/ppc64le'] } },
    ])
  })
  it('looks past a layer that may be shared', () => {
    const images = four((platform) => ({
      layers: ['certs', 'base', platform],
      madeBy: ['COPY ca-certificates.crt /etc/ssl/certs/ # buildkit', system, 'COPY app /app # buildkit'],
    }))
    expect(judge(images).findings).toMatchObject([{ evidence: { layer: 'sha256:base', sharedLayers: 2 } }])
  })
  it.each<[string, Spec]>([
    [
      'certificates',
      { madeBy: ['COPY /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ # buildkit', 'COPY app /app'] },
    ],
    ['time zones of Bazel', { madeBy: ['bazel build //common:tzdata', 'bazel build //app'] }],
    ['pages', { madeBy: ['COPY site /usr/share/nginx/html # buildkit', 'COPY app /app'] }],
    ['a small layer that nothing tells of', { layerBytes: 10_000 }],
  ])('lets %s be shared', (_, spec) =>
    expect(told(four((platform) => ({ ...spec, layers: ['shared', platform] })))).toEqual([]),
  )
  it('lets empty layers be shared', () => {
    const empty = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'
    expect(told(four((platform) => ({ layers: ['e', platform], diffIds: [empty, platform] })))).toEqual([])
  })
  it('lets variants of one architecture share their base', () =>
    expect(
      told(
        ['linux/arm/v6', 'linux/arm/v7'].map((p) =>
          listedImage(p, { layers: ['base', p], madeBy: [system, 'x'] }),
        ),
      ),
    ).toEqual([]))
  it('is named as the cause where a config gives it away', () => {
    const base = { layers: ['base', 'x'], madeBy: [system, 'COPY app /app'] }
    const liar = listedImage('linux/amd64', {
      ...base,
      layers: ['base', 'y'],
      digest: 'sha256:liar',
      index: platformOf('linux/ppc64le'),
    })
    expect(told([listedImage('linux/amd64', base), liar])[0]).toMatch(
      /^META-001 linux\/ppc64le The index says linux\/ppc64le, .*stands on the base layer of linux\/amd64.*pinned/,
    )
  })
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

describe('SUP-001', () => {
  const SBOM = 'https://spdx.dev/Document'
  const PROVENANCE = 'https://slsa.dev/provenance/v1'
  const on = (
    platforms: readonly string[],
    types: readonly string[],
    presence: 'read' | 'unread' | 'missing' = 'read',
  ) => platforms.map((platform) => ({ subject: `sha256:${platform}`, types, presence }))
  const three = PLATFORMS.filter((platform) => platform !== 'linux/ppc64le')

  it('finds the platform without', () => {
    const attached = { list: on(three, [SBOM, PROVENANCE]), isComplete: true }
    expect(told(four(), { attached })).toEqual([
      'SUP-001 linux/ppc64le It has no SBOM and no provenance, unlike linux/amd64, linux/arm64 and linux/s390x.',
    ])
  })
  it('finds an SBOM that is listed and not in the registry', () => {
    const attached = {
      list: [...on(three, [SBOM]), ...on(['linux/ppc64le'], [], 'missing')],
      isComplete: true,
    }
    expect(judge(four(), { attached }).findings).toMatchObject([
      { severity: 'warning', platform: 'linux/ppc64le', evidence: { lacking: ['SBOM'] } },
    ])
  })
  it.each([
    ['no attestation at all', []],
    ['one for the whole index', [{ subject: 'sha256:index', types: [SBOM], presence: 'read' as const }]],
    ['every platform has its own', on(PLATFORMS, [SBOM])],
    ['other statements on one platform', on(['linux/ppc64le'], ['application/vnd.in-toto.test-result+json'])],
  ])('lets it be: %s', (_, list) =>
    expect(told(four(), { attached: { list, isComplete: true } })).toEqual([]),
  )
  it('does not ask Windows for what Linux has', () => {
    const attached = { list: on(PLATFORMS, [SBOM]), isComplete: true }
    expect(told([...four(), listedImage('windows/amd64')], { attached })).toEqual([])
  })
  it.each([
    [
      'unread',
      { list: [...on(three, [SBOM]), ...on(['linux/ppc64le'], [], 'unread')], isComplete: true },
      'attestation-not-read',
    ],
    ['not told', { list: on(three, [SBOM]), isComplete: false }, 'attached-not-told'],
  ])('says that it could not judge: %s', (_, attached, reason) => {
    const { findings, unjudged } = judge(four(), { attached })
    expect(findings).toEqual([])
    expect(unjudged).toEqual([{ reason, codes: ['SUP-001'], platforms: ['linux/ppc64le'] }])
  })
  it('has not looked where nobody asked for attestations', () => {
    const { checked, unjudged } = runRegistryChecks(indexFacts(four()))
    expect(checked).not.toContain('SUP-001')
    expect(unjudged).toMatchObject([{ reason: 'attached-not-asked', codes: ['SUP-001'] }])
  })
})
