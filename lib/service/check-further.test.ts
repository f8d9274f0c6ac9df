import { describe, expect, it } from 'vitest'
import { buildArtifact } from '#e2e/lab/artifact.ts'
import { descriptorOf, jsonBlob } from '#e2e/lab/blob.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { inspectImage } from './inspect-image.ts'
import { memoryContext } from './testing/memory-context.ts'

const FOUR = ['amd64', 'arm64', 'ppc64le', 's390x']
const THREE = ['amd64', 'arm64', 's390x']

/** An index of these architectures; `version` makes it another one. */
function release(version: string, architectures = FOUR) {
  const config = { Labels: { 'org.opencontainers.image.version': version } }
  return buildIndex({ children: architectures.map((architecture) => buildImage({ architecture, config })) })
}
async function check(lab: ReturnType<typeof memoryContext>, tag: string) {
  const { findings, checked, unjudged } = await inspectImage(lab.context, {
    ref: `registry.test/lab/app${tag.startsWith('@') ? tag : `:${tag}`}`,
    checks: 'all',
  })
  return {
    told: findings.map(({ code, platform }) => [code, ...(platform ? [platform] : [])].join(' ')),
    checked,
    unjudged: (unjudged ?? []).map(({ reason, codes }) => `${reason} ${codes.join(',')}`),
  }
}

describe('other tags', () => {
  it('find a platform that the version before had', async () => {
    const lab = memoryContext()
    lab.source.put(release('1.0.0'), '1.0.0')
    lab.source.put(release('1.1.0', THREE), '1.1.0')
    expect(await check(lab, '1.1.0')).toMatchObject({ told: ['COV-002 linux/ppc64le'], unjudged: [] })
    expect(await check(lab, '1.0.0')).toMatchObject({ told: [], unjudged: ['nothing-earlier COV-002'] })
  })

  it('find what latest lacks', async () => {
    const lab = memoryContext()
    lab.source.put(release('2.0.0'), '2.0.0')
    lab.source.put(release('latest', THREE), 'latest')
    const { told, checked } = await check(lab, 'latest')
    expect(told).toEqual(['COV-003 linux/ppc64le'])
    expect(checked).toContain('COV-003')
  })

  it('find images that were never joined', async () => {
    const lab = memoryContext()
    const [amd64, ppc64le] = ['amd64', 'ppc64le'].map((architecture) => buildImage({ architecture }))
    if (!amd64 || !ppc64le) throw new Error('No images.')
    lab.source.put(amd64, '1.0.0')
    lab.source.put(amd64, '1.0.0-amd64')
    lab.source.put(ppc64le, '1.0.0-ppc64le')
    expect((await check(lab, '1.0.0')).told).toEqual(['COV-004'])
    expect((await check(lab, '1.0.0-ppc64le')).told).toEqual([])
  })

  it('are compared with what the tag was before it moved', async () => {
    const lab = memoryContext()
    lab.source.put(release('a'), 'main')
    expect((await check(lab, 'main')).told).toEqual([])
    lab.source.put(release('b', THREE), 'main')
    expect(await check(lab, 'main')).toMatchObject({ told: ['COV-002 linux/ppc64le'], unjudged: [] })
    expect((await check(lab, 'main')).told).toEqual(['COV-002 linux/ppc64le'])
  })

  it.each<[string, (lab: ReturnType<typeof memoryContext>) => void, string]>([
    [
      'the list fails',
      ({ source }) => source.failures.set('tags/list', new AppError('forbidden', 'No.')),
      'tags-not-listed',
    ],
    [
      'the version before fails',
      ({ source }) => source.failures.set('1.0.0', new AppError('forbidden', 'No.')),
      'tag-not-read',
    ],
  ])('that cannot be had leave the checks unjudged: %s', async (_, arrange, reason) => {
    const lab = memoryContext()
    lab.source.put(release('1.0.0'), '1.0.0')
    lab.source.put(release('1.1.0', THREE), '1.1.0')
    arrange(lab)
    const { told, checked, unjudged } = await check(lab, '1.1.0')
    expect(told).toEqual([])
    expect(checked).not.toContain('COV-002')
    expect(unjudged).toEqual([expect.stringContaining(reason)])
  })

  it('are no matter for a reference by digest', async () => {
    const lab = memoryContext()
    const digest = lab.source.put(release('1.0.0'), '1.0.0')
    expect((await check(lab, `@${digest}`)).unjudged).toEqual(['no-tag COV-002,COV-003,COV-004'])
  })

  it('are not asked for when somebody only opens the image', async () => {
    const lab = memoryContext()
    lab.source.failures.set('tags/list', new AppError('internal', 'Asked.'))
    lab.source.put(release('1.0.0'), '1.0.0')
    const { unjudged, checked } = await inspectImage(lab.context, { ref: 'registry.test/lab/app:1.0.0' })
    expect({ unjudged, listed: checked?.includes('COV-002') }).toEqual({ unjudged: [], listed: false })
  })
})

describe('SBOM documents', () => {
  function withSboms(archOf: (architecture: string) => string) {
    const lab = memoryContext()
    const images = FOUR.map((architecture) => buildImage({ architecture }))
    lab.source.put(buildIndex({ children: images }), 'sbom')
    for (const image of images) {
      const purl = `pkg:deb/debian/libc6@2.36?arch=${archOf(image.platform.architecture)}`
      const layer = jsonBlob('application/spdx+json', { packages: [{ referenceLocator: purl }] })
      const sbom = buildArtifact({ artifactType: 'application/spdx+json', subject: image, layers: [layer] })
      lab.source.put(sbom)
      lab.source.referrers.set(image.digest, [
        {
          ...descriptorOf(sbom),
          digest: parseDigest(sbom.digest),
          sizeBytes: sbom.size,
          annotations: {},
          artifactType: 'application/spdx+json',
        },
      ])
    }
    return lab
  }

  it('of its own architecture are right', async () =>
    expect(
      (
        await check(
          withSboms((architecture) => architecture),
          'sbom',
        )
      ).told,
    ).toEqual([]))

  it('of another architecture are told, per platform', async () =>
    expect(
      (
        await check(
          withSboms(() => 'amd64'),
          'sbom',
        )
      ).told,
    ).toEqual(['SUP-001 linux/arm64', 'SUP-001 linux/ppc64le', 'SUP-001 linux/s390x']))
})
