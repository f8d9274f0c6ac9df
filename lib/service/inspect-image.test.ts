import { describe, expect, it } from 'vitest'
import { buildArtifact } from '#e2e/lab/artifact.ts'
import { buildAttestation } from '#e2e/lab/attestation.ts'
import { descriptorOf } from '#e2e/lab/blob.ts'
import { buildImage, type ImageSpec } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { inspectImage } from './inspect-image.ts'
import { memoryContext } from './testing/memory-context.ts'

const REF = 'registry.test/lab/app:1.0'
const layer = buildLayer([])

function image(architecture: string, spec: ImageSpec = {}) {
  return buildImage({ architecture, layers: [layer], config: { Labels: { arch: architecture } }, ...spec })
}

async function inspect(
  manifest: BuiltManifest,
  arrange: (lab: ReturnType<typeof memoryContext>) => void = () => {},
) {
  const lab = memoryContext()
  lab.source.put(manifest, '1.0')
  arrange(lab)
  return inspectImage(lab.context, { ref: REF })
}

describe('an index', () => {
  it('shows every platform in the fixed order, index beside config', async () => {
    const answer = await inspect(
      buildIndex({ children: ['s390x', 'ppc64le', 'amd64'].map((arch) => image(arch)) }),
    )
    expect(answer.kind).toBe('index')
    expect(answer.platforms.map((row) => row.platform)).toEqual([
      'linux/amd64',
      'linux/ppc64le',
      'linux/s390x',
    ])
    expect(answer.platforms.every((row) => row.presence === 'present' && row.config?.agrees)).toBe(true)
    expect(answer.findings).toEqual([])
    expect(answer.pinned).toBe(`registry.test/lab/app@${answer.digest}`)
  })

  it('tells a child that is not there, and keeps the others', async () => {
    const gone = image('ppc64le')
    const answer = await inspect(buildIndex({ children: [image('amd64'), gone] }), ({ source }) =>
      source.remove(gone.digest),
    )
    expect(answer.platforms.map((row) => row.presence)).toEqual(['present', 'missing'])
    expect(answer.platforms[1]?.problem?.code).toBe('manifest_unknown')
  })

  it('tells no rights from not there', async () => {
    const locked = image('ppc64le')
    const answer = await inspect(buildIndex({ children: [locked] }), ({ source }) =>
      source.failures.set(locked.digest, new AppError('forbidden', 'No.')),
    )
    expect(answer.platforms[0]?.presence).toBe('unauthorised')
  })

  it('calls a child unknown when the registry fails, never missing', async () => {
    const shy = image('ppc64le')
    const answer = await inspect(buildIndex({ children: [shy] }), ({ source }) =>
      source.failures.set(shy.digest, new AppError('registry_unavailable', 'Gone fishing.')),
    )
    expect(answer.platforms[0]?.presence).toBe('unknown')
  })

  it('marks a config that says another platform, with both values', async () => {
    const liar = image('amd64')
    const answer = await inspect(
      buildIndex({ children: [{ manifest: liar, platform: { os: 'linux', architecture: 'ppc64le' } }] }),
    )
    expect(answer.platforms[0]).toMatchObject({
      platform: 'linux/ppc64le',
      config: { platform: 'linux/amd64', agrees: false },
    })
    expect(answer.findings.map((finding) => finding.code)).toContain('META-001')
  })

  it('does not call a config without a variant a liar', async () => {
    const answer = await inspect(
      buildIndex({
        children: [{ manifest: image('arm'), platform: { os: 'linux', architecture: 'arm', variant: 'v6' } }],
      }),
    )
    expect(answer.platforms[0]?.config?.agrees).toBe(true)
    expect(answer.findings).toEqual([])
  })

  it('reads the platform from the config where the index says none', async () => {
    const answer = await inspect(buildIndex({ children: [{ manifest: image('ppc64le'), platform: null }] }))
    expect(answer.platforms[0]?.platform).toBe('linux/ppc64le')
    expect(answer.platforms[0]?.rawPlatform).toBeUndefined()
  })

  it('marks the second entry of a platform as shadowed', async () => {
    const answer = await inspect(
      buildIndex({
        children: [image('arm64', { variant: 'v8' }), image('arm64', { config: { User: '1' } })],
      }),
    )
    expect(answer.platforms.map((row) => row.shadowed ?? false)).toEqual([false, true])
    expect(answer.findings.map((finding) => finding.code)).toContain('COV-005')
  })

  it('keeps Windows builds apart', async () => {
    const windows = (osVersion: string) => image('amd64', { os: 'windows', osVersion })
    const answer = await inspect(buildIndex({ children: ['10.0.17763.1', '10.0.20348.1'].map(windows) }))
    expect(answer.platforms.map((row) => row.key)).toEqual([
      'windows(10.0.17763.1)/amd64',
      'windows(10.0.20348.1)/amd64',
    ])
    expect(answer.platforms.some((row) => row.shadowed)).toBe(false)
  })

  it.each(['legacy', 'artifact'] as const)(
    'puts %s attestations under their image, never among platforms',
    async (form) => {
      const power = image('ppc64le')
      const answer = await inspect(buildIndex({ children: [power, buildAttestation(power, form)] }))
      expect(answer.platforms).toHaveLength(1)
      expect(answer.attestations).toMatchObject([
        {
          subject: power.digest,
          form: form === 'legacy' ? 'buildkit' : 'artifact',
          inIndex: true,
          presence: 'present',
        },
      ])
      expect(answer.attestations[0]?.predicateTypes).toContain('https://spdx.dev/Document')
    },
  )

  it('shows an attestation once that is both a child and a referrer', async () => {
    const power = image('ppc64le')
    const attestation = buildAttestation(power, 'artifact')
    const manifest = 'manifest' in attestation ? attestation.manifest : attestation
    const answer = await inspect(buildIndex({ children: [power, attestation] }), ({ source }) =>
      source.referrers.set(power.digest, [
        {
          mediaType: manifest.mediaType,
          digest: parseDigest(manifest.digest),
          sizeBytes: manifest.size,
          annotations: {},
          artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
        },
      ]),
    )
    expect(answer.attestations).toHaveLength(1)
    expect(answer.referrers).toEqual([])
  })

  it('lists nested indexes and the platforms in them', async () => {
    const nested = buildIndex({ children: [image('ppc64le')] })
    const answer = await inspect(buildIndex({ children: [image('amd64'), nested] }))
    expect(answer.platforms.map((row) => [row.platform, row.nestedIn])).toEqual([
      ['linux/amd64', undefined],
      ['linux/ppc64le', nested.digest],
    ])
    expect(answer.others).toMatchObject([{ digest: nested.digest, reason: 'index' }])
  })

  it('refuses to follow nesting without end', async () => {
    let index = buildIndex({ children: [image('amd64')] })
    for (let level = 0; level < 5; level++) index = buildIndex({ children: [index] })
    await expect(inspect(index)).rejects.toMatchObject({ code: 'index_too_deep' })
  })

  it('keeps a nested index that cannot be read in its row', async () => {
    const nested = buildIndex({ children: [image('ppc64le')] })
    const answer = await inspect(buildIndex({ children: [image('amd64'), nested] }), ({ source }) =>
      source.remove(nested.digest),
    )
    expect(answer.others).toMatchObject([{ reason: 'index', problem: { code: 'manifest_unknown' } }])
    expect(answer.platforms).toHaveLength(1)
  })

  it('is calm about an index of nothing', async () => {
    expect(await inspect(buildIndex({ children: [] }))).toMatchObject({ kind: 'index', platforms: [] })
  })
})

describe('a single image', () => {
  it('has the platform its config says', async () => {
    const answer = await inspect(image('ppc64le'))
    expect(answer.kind).toBe('image')
    expect(answer.platforms).toMatchObject([{ platform: 'linux/ppc64le', presence: 'present' }])
  })

  it('names the history line that made each layer, empty steps aside', async () => {
    const history = [{ created_by: 'COPY app /' }, { created_by: 'ENV A=1', empty_layer: true }]
    const [row] = (await inspect(image('amd64', { configFields: { history } }))).platforms
    expect(row?.layers.map((entry) => entry.createdBy)).toEqual(['COPY app /'])
    expect(row?.history.map((step) => step.layer)).toEqual([0, undefined])
  })

  it('stays present when its config is broken, and says what is wrong', async () => {
    const broken = image('amd64', { configFields: { config: 7 } })
    expect((await inspect(broken)).platforms[0]).toMatchObject({
      presence: 'present',
      problem: { code: 'config_invalid' },
    })
  })
})

it('an artifact has no platforms and says its type', async () => {
  const chart = buildArtifact({ artifactType: 'application/vnd.test.chart', layers: [layer] })
  expect(await inspect(chart)).toMatchObject({
    kind: 'artifact',
    artifactType: 'application/vnd.test.chart',
    platforms: [],
    artifactLayers: [{ digest: descriptorOf(layer).digest }],
  })
})

it('referrers that cannot be listed hide nothing else', async () => {
  const power = image('ppc64le')
  const answer = await inspect(power, ({ source }) =>
    source.failures.set(`referrers/${power.digest}`, new AppError('registry_protocol', 'HTML again.')),
  )
  expect(answer.referrersProblem?.code).toBe('registry_protocol')
  expect(answer.platforms).toHaveLength(1)
})

describe('what cannot be answered', () => {
  it.each([
    ['registry.test/lab/app:gone', 'manifest_unknown'],
    ['registry.test/lab/app@sha256:12', 'digest_invalid'],
    ['Upper/Case', 'reference_invalid'],
    ['', 'reference_invalid'],
  ])('“%s” is %s', async (ref, code) => {
    const { context } = memoryContext()
    await expect(inspectImage(context, { ref })).rejects.toMatchObject({ code })
  })
})

it('gets no manifest twice', async () => {
  const lab = memoryContext()
  lab.source.put(buildIndex({ children: [image('amd64'), image('ppc64le')] }), '1.0')
  await inspectImage(lab.context, { ref: REF })
  lab.source.asked.length = 0
  await inspectImage(lab.context, { ref: REF })
  expect(lab.source.asked).toEqual([])
})

it('sees at once that a tag has moved', async () => {
  const lab = memoryContext()
  lab.source.put(image('amd64'), '1.0')
  const before = await inspectImage(lab.context, { ref: REF })
  const digest = lab.source.put(image('ppc64le'), '1.0')
  const after = await inspectImage(lab.context, { ref: REF })
  expect([before.platforms[0]?.platform, after.platforms[0]?.platform]).toEqual([
    'linux/amd64',
    'linux/ppc64le',
  ])
  expect(after.digest).toBe(digest)
})

it('does not call a child present that was deleted since it was cached', async () => {
  const lab = memoryContext()
  const power = image('ppc64le')
  lab.source.put(buildIndex({ children: [image('amd64'), power] }), '1.0')
  await inspectImage(lab.context, { ref: REF })
  lab.source.remove(power.digest)
  const { platforms } = await inspectImage(lab.context, { ref: REF })
  expect(platforms.map((row) => row.presence)).toEqual(['present', 'missing'])
})
