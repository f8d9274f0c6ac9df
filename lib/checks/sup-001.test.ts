import { describe, expect, it } from 'vitest'
import { runRegistryChecks } from './run-checks.ts'
import { four, judge, PLATFORMS, told } from './testing/four-platforms.ts'
import { indexFacts, listedImage } from './testing/listed-image.ts'

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
