import { describe, expect, it } from 'vitest'
import { parsePlatform } from '#lib/oci/platform.ts'
import type { LayerContent, SetImage } from './image-set.ts'
import { withoutSettledBases } from './meta-003-layers.ts'
import { renderFinding } from './render-finding.ts'
import { runSetChecks } from './run-layer-checks.ts'
import { installed } from './testing/image-files.ts'

const X86 = 'x86-64, 64-bit, little-endian'
const holding = (machines: Record<string, number>, isSystem = true): LayerContent => ({
  machines,
  paths: ['bin/sh'],
  isSystem,
})
const layer = (name: string, content: LayerContent | undefined) => ({
  digest: `sha256:${name}`,
  identity: name,
  content,
})

function image(platform: string, more: Partial<SetImage> = {}): SetImage {
  return {
    platform: parsePlatform(platform),
    digest: `sha256:${platform}`,
    packages: [],
    layers: [layer(platform, holding({}))],
    gaps: [],
    packageGaps: [],
    ...more,
  }
}
const told = (...images: readonly SetImage[]) =>
  runSetChecks({ images }).findings.map(
    (finding) => `${finding.code} ${finding.severity} ${renderFinding(finding).message}`,
  )
const four = (more: (platform: string) => Partial<SetImage>) =>
  ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'].map((platform) =>
    image(platform, more(platform)),
  )

describe('META-003', () => {
  it('proves a base that is pinned to one architecture, and names the cause', () =>
    expect(told(...four(() => ({ layers: [layer('base', holding({ [X86]: 925 }))] })))).toEqual([
      'META-003 error All of linux/amd64, linux/arm64, linux/ppc64le and linux/s390x share the base layer base, which holds 925 binaries for x86-64, 64-bit, little-endian alone: the FROM line is pinned to a single-architecture digest.',
    ]))
  it('tells a layer that was built once from a base', () =>
    expect(told(...four(() => ({ layers: [layer('app', holding({ [X86]: 1 }, false))] })))[0]).toContain(
      'it was built once, for one architecture',
    ))
  it.each([
    ['without a binary', holding({})],
    ['with binaries for several', holding({ [X86]: 1, 'AArch64, 64-bit, little-endian': 1 })],
    ['that could not be read', undefined],
  ])('lets a layer be shared %s', (_, content) =>
    expect(told(...four(() => ({ layers: [layer('data', content)] })))).toEqual([]),
  )
  it('takes a suspicion back that the layers settle, and keeps it where one could not be read', () => {
    const digests = ['sha256:linux/amd64', 'sha256:linux/arm64']
    const suspicion = { code: 'META-003', severity: 'warning', evidence: { digests } } as const
    const read = { images: [image('linux/amd64'), image('linux/arm64')] }
    expect(withoutSettledBases([suspicion], read)).toEqual([])
    const half = { images: [image('linux/amd64'), image('linux/arm64', { layers: [layer('x', undefined)] })] }
    expect(withoutSettledBases([suspicion], half)).toEqual([suspicion])
  })
})

describe('PKG-002 and PKG-003', () => {
  const libc = (version: string, name = 'libc6') => [installed('dpkg', name, 'amd64', version)]
  it('find another version, and a package that is missing', () => {
    expect(
      told(...four((platform) => ({ packages: libc(platform === 'linux/ppc64le' ? '2' : '1') }))),
    ).toEqual([
      'PKG-002 warning 1 package is of different versions: libc6 1 on linux/amd64, linux/arm64 and linux/s390x, 2 on linux/ppc64le.',
    ])
    const odd = (platform: string) => ({
      packages: [...libc('1'), ...(platform === 'linux/s390x' ? [] : libc('1', 'curl'))],
    })
    expect(told(...four(odd))).toEqual(['PKG-003 info 1 package is missing on some: curl on linux/s390x.'])
  })
  it('let rebuilds, names with the architecture and runtime parts of compilers be', () => {
    expect(
      told(...four((platform) => ({ packages: libc(platform === 'linux/s390x' ? '1+b2' : '1') }))),
    ).toEqual([])
    const named = [
      image('linux/amd64', { packages: libc('1', 'gcc-x86-64-linux-gnu') }),
      image('linux/arm64', { packages: libc('1', 'gcc-aarch64-linux-gnu') }),
    ]
    expect(told(...named)).toEqual([])
    expect(
      told(
        image('linux/amd64', { packages: [...libc('1'), ...libc('1', 'libquadmath0')] }),
        image('linux/arm64', { packages: libc('1') }),
      ),
    ).toEqual([])
  })
  it('do not compare what could not be read', () => {
    const gap = { reason: 'packages-not-read', platform: 'linux/arm64', what: 'x' } as const
    const set = {
      images: [
        image('linux/amd64', { packages: libc('1') }),
        image('linux/arm64', { packages: libc('2'), packageGaps: [gap] }),
      ],
    }
    expect(runSetChecks(set)).toMatchObject({
      findings: [],
      unjudged: [{ codes: ['PKG-002', 'PKG-003'], reason: 'packages-not-read' }],
    })
  })
})
