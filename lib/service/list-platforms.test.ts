import { expect, it } from 'vitest'
import { buildArtifact } from '#e2e/lab/artifact.ts'
import { buildAttestation } from '#e2e/lab/attestation.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { inspectImage } from './inspect-image.ts'
import { listPlatforms } from './list-platforms.ts'
import { memoryContext } from './testing/memory-context.ts'

const REF = 'registry.test/lab/app:1.0'
const power = buildImage({ architecture: 'ppc64le', layers: [buildLayer([])] })
const INDEX = buildIndex({
  children: [power, buildImage({ architecture: 'amd64' }), buildAttestation(power, 'legacy')],
})

it('tells the platforms that inspecting tells, whatever referrers do', async () => {
  const { context, source } = memoryContext()
  source.put(INDEX, '1.0')
  source.failures.set(`referrers/${power.digest}`, new AppError('registry_protocol', 'HTML again.'))
  const { reference, repository, platforms } = await inspectImage(context, { ref: REF })
  expect(platforms.map(({ platform }) => platform)).toEqual(['linux/amd64', 'linux/ppc64le'])
  expect(await listPlatforms(context, REF)).toEqual({ reference, repository, platforms })
})

it('asks for no attestation', async () => {
  const { context, source } = memoryContext()
  source.put(INDEX, '1.0')
  await listPlatforms(context, REF)
  expect(source.asked).toHaveLength(3)
})

it('an artifact has none', async () => {
  const { context, source } = memoryContext()
  source.put(buildArtifact({ artifactType: 'application/vnd.test.chart', layers: [] }), '1.0')
  expect((await listPlatforms(context, REF)).platforms).toEqual([])
})

it('throws what resolving throws', async () => {
  await expect(listPlatforms(memoryContext().context, REF)).rejects.toMatchObject({
    code: 'manifest_unknown',
  })
})
