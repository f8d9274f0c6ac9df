import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Platform } from '#lib/oci/platform.ts'
import type { ListedImage, RegistryFacts } from './facts.ts'
import { CHECK_INFO } from './info.ts'
import { renderFinding } from './render-finding.ts'
import { runRegistryChecks } from './run-checks.ts'

function platform(architecture: string, more: Partial<Platform> = {}): Platform {
  return { os: 'linux', architecture, ...more }
}
function listed(
  name: string,
  index: Platform | undefined,
  config: Platform | undefined = index,
): ListedImage {
  return {
    digest: `sha256:${name}`,
    configDigest: `sha256:config-${name}`,
    ...(index ? { indexPlatform: index } : {}),
    ...(config ? { configPlatform: config } : {}),
  }
}
function judge(images: readonly ListedImage[], more: Partial<RegistryFacts> = {}) {
  return runRegistryChecks({ kind: 'index', digest: 'sha256:index', images, nestedIndexes: [], ...more })
    .findings
}
const codes = (images: readonly ListedImage[], more: Partial<RegistryFacts> = {}) =>
  judge(images, more).map((finding) => finding.code)

const AMD64 = listed('a', platform('amd64'))
const POWER = listed('p', platform('ppc64le'))

it('a good index has no finding', () => expect(judge([AMD64, POWER])).toEqual([]))

describe('META-001', () => {
  it('finds a config of another architecture, with both values', () => {
    const [finding] = judge([AMD64, listed('p', platform('ppc64le'), platform('amd64'))])
    expect(finding).toMatchObject({
      code: 'META-001',
      severity: 'error',
      platform: 'linux/ppc64le',
      evidence: { index: 'linux/ppc64le', config: 'linux/amd64' },
    })
  })
  it('finds another operating system', () =>
    expect(codes([listed('w', platform('amd64', { os: 'windows' }), platform('amd64'))])).toEqual([
      'META-001',
    ]))
  it('finds another variant where both state one', () =>
    expect(
      codes([listed('v', platform('arm', { variant: 'v6' }), platform('arm', { variant: 'v7' }))]),
    ).toEqual(['META-001']))
  it.each([
    ['an alias', platform('arm64'), platform('aarch64')],
    ['a variant that means nothing', platform('arm64', { variant: 'v8' }), platform('arm64')],
    ['a config without a variant', platform('arm', { variant: 'v6' }), platform('arm')],
    ['a config without a POWER variant', platform('ppc64le', { variant: 'power9' }), platform('ppc64le')],
  ])('lets %s be', (_, index, config) =>
    expect(codes([listed('x', index, config)])).not.toContain('META-001'),
  )
  it('does not judge what was not read', () =>
    expect(codes([{ digest: 'sha256:x', indexPlatform: platform('ppc64le') }])).toEqual([]))
})

describe('META-002', () => {
  it('finds one manifest under two platforms', () => {
    const [finding] = judge([AMD64, { ...POWER, digest: AMD64.digest }])
    expect(finding).toMatchObject({ code: 'META-002', severity: 'error' })
    expect(finding?.evidence).toMatchObject({ what: 'manifest', platforms: ['linux/amd64', 'linux/ppc64le'] })
  })
  it('finds one config under two platforms', () =>
    expect(judge([AMD64, { ...POWER, configDigest: 'sha256:config-a' }])[0]?.evidence).toMatchObject({
      what: 'config',
    }))
  it('tells a shared manifest once, not its config too', () => {
    const shared = { ...POWER, digest: AMD64.digest, configDigest: 'sha256:config-a' }
    expect(codes([AMD64, shared])).toEqual(['META-002'])
  })
  it('lets the same platform twice be: that is COV-005', () =>
    expect(codes([AMD64, AMD64])).toEqual(['COV-005']))
})

describe('COV-005', () => {
  it('finds arm64 with and without v8', () =>
    expect(
      judge([listed('1', platform('arm64')), listed('2', platform('arm64', { variant: 'v8' }))]),
    ).toMatchObject([
      { code: 'COV-005', severity: 'warning', platform: 'linux/arm64', evidence: { reason: 'duplicate' } },
    ]))
  it('finds an entry without a platform', () =>
    expect(judge([listed('n', undefined, platform('ppc64le'))])).toMatchObject([
      { platform: 'linux/ppc64le', evidence: { reason: 'no-platform' } },
    ]))
  it('finds a nested index', () =>
    expect(codes([AMD64], { nestedIndexes: ['sha256:n'] })).toEqual(['COV-005']))
  it('lets Windows builds be', () => {
    const windows = (osVersion: string) => listed(osVersion, platform('amd64', { os: 'windows', osVersion }))
    expect(codes([windows('10.0.17763.1'), windows('10.0.20348.1')])).toEqual([])
  })
  it('lets a single image be: it has no entries', () =>
    expect(codes([listed('n', undefined, platform('ppc64le'))], { kind: 'image' })).toEqual([]))
})

it('errors come before warnings', () => {
  const liar = listed('l', platform('s390x'), platform('amd64'))
  expect(codes([AMD64, AMD64, liar])).toEqual(['META-001', 'COV-005'])
})

it('every finding has a title and a message that names its values', () => {
  const findings = judge(
    [
      AMD64,
      AMD64,
      { ...POWER, digest: AMD64.digest },
      listed('n', undefined),
      listed('l', platform('s390x'), platform('amd64')),
    ],
    { nestedIndexes: ['sha256:nested'] },
  )
  expect(findings.length).toBeGreaterThan(4)
  for (const finding of findings) {
    const { title, message } = renderFinding(finding)
    expect(title).not.toBe('')
    expect(message).not.toMatch(/undefined|\[object|^\s*$/)
  }
})

it.each(Object.keys(CHECK_INFO))('%s has its page', (code) =>
  expect(existsSync(`${import.meta.dirname}/../../docs/checks/${code}.md`)).toBe(true),
)
