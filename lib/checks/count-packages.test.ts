import { expect, it } from 'vitest'
import { countPackages } from './count-packages.ts'
import { renderFinding } from './render-finding.ts'
import { sup001Content } from './sup-001.ts'

const purl = (name: string, arch: string) => `pkg:deb/debian/${name}@1?arch=${arch}&distro=debian-12`
const spdx = (...purls: string[]) => ({
  spdxVersion: 'SPDX-2.3',
  packages: purls.map((referenceLocator) => ({
    externalRefs: [{ referenceType: 'purl', referenceLocator }],
  })),
})

it.each<[string, unknown, Record<string, number>]>([
  ['SPDX', spdx(purl('a', 'amd64'), purl('b', 'amd64'), purl('tzdata', 'all')), { amd64: 2 }],
  ['names of distributions', spdx(purl('a', 'ppc64el'), 'pkg:rpm/rhel/b@1?arch=ppc64le'), { ppc64le: 2 }],
  [
    'CycloneDX, each package once',
    { components: [{ 'bom-ref': `${purl('a', 's390x')}&package-id=1f`, purl: purl('a', 's390x') }] },
    { s390x: 1 },
  ],
  ['an in-toto statement', { predicate: spdx(purl('a', 'arm64')) }, { arm64: 1 }],
  [
    'a signed one',
    { payloadType: 'application/vnd.in-toto+json', payload: btoa(JSON.stringify(spdx(purl('a', 'arm64')))) },
    { arm64: 1 },
  ],
  ['no architecture', spdx('pkg:npm/left-pad@1', 'pkg:golang/x@v1?arch='), {}],
  ['something broken', { payloadType: 'x', payload: '%%%' }, {}],
  ['nothing', null, {}],
])('counts packages of %s', (_, document, counts) => expect(countPackages(document)).toEqual(counts))

it('ends at a document as deep as can be', () => {
  let deep: unknown = 'pkg:deb/x@1?arch=amd64'
  for (let i = 0; i < 10_000; i++) deep = [deep]
  expect(countPackages(deep)).toEqual({})
})

const judge = (packages: Record<string, number>) =>
  sup001Content.run({
    sboms: [
      { platform: 'linux/ppc64le', architecture: 'ppc64le', image: 'sha256:i', sbom: 'sha256:s', packages },
    ],
    gaps: [],
  })

it('SUP-001 finds an SBOM of another architecture', () => {
  const [finding] = judge({ amd64: 212 })
  expect(finding).toMatchObject({
    code: 'SUP-001',
    platform: 'linux/ppc64le',
    evidence: { foreign: 'amd64', own: 0 },
  })
  expect(finding && renderFinding(finding).message).toBe(
    'Its SBOM lists 212 packages for amd64 and none for its own architecture.',
  )
})

it.each([
  ['its own packages', { ppc64le: 100 }],
  ['a minority of others, as cross compilers bring', { ppc64le: 100, amd64: 30 }],
  ['packages for all architectures alone', {}],
])('SUP-001 lets %s be', (_, packages) => expect(judge(packages)).toEqual([]))
