import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLab } from '#e2e/lab/lab.ts'
import { labLogin } from '#e2e/lab/login.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { seedPrivate } from '#e2e/lab/seed-private.ts'
import { seedSample } from '#e2e/lab/seed-sample.ts'
import type { PullProgress } from '#lib/engine/engine.ts'
import { probeEngine } from '#lib/engine/probe/probe-engine.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { parseRepository, type RegistryRepository } from '#lib/oci/reference.ts'
import { type EngineWorld, runContainer, specOf, startEngineWorld } from './engine-world.ts'
import { readSampleImages } from './sample-images.ts'

const reason = (await ensurePackages(['registry', 'engine', 'basic'])).reason('engine')
const platforms = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']

describe.skipIf(reason)(`a real Docker Engine ${reason ?? ''}`, () => {
  let world: EngineWorld
  beforeAll(async () => {
    world = await startEngineWorld()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  test('tells what it is', async () => {
    const stated = JSON.parse(await world.labEngine.docker('version', '--format', '{{json .Server}}'))
    expect(await world.engine.info()).toMatchObject({
      kind: 'docker',
      version: stated.Version,
      architecture: stated.Arch,
      kernel: stated.KernelVersion,
      missingLimits: [],
    })
  })

  test('pulls and runs four architectures by the digest of their own manifest', async () => {
    const { engine, lab } = world
    const sample = await seedSample(lab.registry('open'))
    const repository = parseRepository(sample.reference) as RegistryRepository
    for (const { digest, platform = '' } of sample.newest.children) {
      const pulled = await engine.pull({
        repository,
        digest: parseDigest(digest),
        platform: parsePlatform(platform),
      })
      expect(pulled).toEqual({ image: `${sample.reference}@${digest}`, wasPresent: false })
      expect(await engine.inspectImage(pulled.image)).toMatchObject({ platform: parsePlatform(platform) })
      const created = await engine.create(specOf(pulled.image, platform))
      expect(created).toMatchObject({ platformRefused: false, warnings: [] })
      const result = await runContainer(engine, created.id)
      expect(result).toMatchObject({
        exitCode: 0,
        startFailure: undefined,
        outputTruncated: false,
        stderr: '',
      })
      expect(result.stdout.split('\n')).toContain(`Running on ${platform}`)
      await engine.remove(created.id)
    }
    expect(sample.newest.platforms).toEqual(platforms)
  })

  test('an image that is there is not pulled again, also when the registry is gone', async () => {
    const { lab, pull } = world
    await pull('both', 'linux/amd64')
    await lab.registry('open').stop()
    expect(await pull('both', 'linux/amd64')).toMatchObject({ wasPresent: true })
    await lab.registry('open').start()
  })

  test('progress ends with all the bytes that the manifest names', async () => {
    const { engine, images } = world
    const digest = parseDigest(images.tags.exit.children[1]?.digest ?? '')
    const manifest = await manifestOf(world, digest)
    const seen: PullProgress[] = []
    await engine.pull(
      {
        repository: parseRepository(images.reference) as RegistryRepository,
        digest,
        platform: parsePlatform('linux/ppc64le'),
        layers: manifest.layers.map((layer) => ({ digest: layer.digest, sizeBytes: layer.size })),
      },
      { onProgress: (progress) => seen.push(progress) },
    )
    const totalBytes = manifest.layers.reduce((sum, layer) => sum + layer.size, 0)
    expect(seen[0]).toEqual({ phase: 'downloading', doneBytes: 0, totalBytes })
    expect(seen.at(-1)).toEqual({ phase: 'extracting', doneBytes: totalBytes, totalBytes })
  })

  test('removes what it pulled, and does not mind that it is gone', async () => {
    const { engine, pull } = world
    const { image } = await pull('exit', 'linux/amd64')
    await engine.removeImage(image)
    await engine.removeImage(image)
    expect(await engine.inspectImage(image)).toBeUndefined()
  })

  test('an image that a container needs stays', async () => {
    const { engine, make, pull } = world
    const id = await make('both', 'linux/amd64')
    const { image } = await pull('both', 'linux/amd64')
    await engine.removeImage(image)
    expect((await runContainer(engine, id)).exitCode).toBe(0)
    await engine.remove(id)
  })

  test('a registry with a login: with it and without', async () => {
    await using lab = await startLab({ registries: ['basic'] })
    const { private: shut } = await seedPrivate(lab.registry('basic'))
    const [digest = ''] = shut.children.map((child) => child.digest)
    const request = {
      repository: parseRepository(shut.reference.replace(/:[^:/]+$/, '')) as RegistryRepository,
      digest: parseDigest(digest),
      platform: parsePlatform('linux/amd64'),
    }
    await expect(world.engine.pull(request)).rejects.toMatchObject({ code: 'unauthorised' })
    const credential = { kind: 'basic', ...labLogin } as const
    expect(await world.engine.pull({ ...request, credential })).toMatchObject({ wasPresent: false })
  })

  test.each([
    ['nobody listens there', 'localhost:1', 'registry_unseen'],
    ['there is no such name', 'registry.invalid', 'registry_unseen'],
  ])('a registry that the engine does not see: %s', async (_, registry, code) => {
    const pulling = world.engine.pull({
      repository: { kind: 'registry', registry, path: 'power/app' },
      digest: parseDigest(`sha256:${'a'.repeat(64)}`),
      platform: parsePlatform('linux/amd64'),
    })
    await expect(pulling).rejects.toMatchObject({ code, hint: expect.stringContaining('engine') })
  })

  test('a digest that the registry does not have', async () => {
    const pulling = world.engine.pull({
      repository: parseRepository(world.images.reference) as RegistryRepository,
      digest: parseDigest(`sha256:${'a'.repeat(64)}`),
      platform: parsePlatform('linux/amd64'),
    })
    await expect(pulling).rejects.toMatchObject({ code: 'manifest_unknown' })
  })

  test('the probe loads the sample from its layout and finds four platforms, one of them native', async () => {
    const { engine, labEngine } = world
    const options = { instance: 'tests', now: () => new Date() }
    const first = await probeEngine(engine, await readSampleImages(), options)
    const { architecture } = first.info
    const unames: Readonly<Record<string, string>> = { 'linux/amd64': 'x86_64', 'linux/arm64': 'aarch64' }
    const seen = (platform: string) => ({
      uname: unames[platform] ?? platform.replace('linux/', ''),
      pageSizeBytes: expect.any(Number),
    })
    expect(first.platforms).toEqual(
      platforms.map((platform) => ({
        platform,
        ...(platform === `linux/${architecture}`
          ? { mode: 'native', machine: expect.objectContaining(seen(platform)) }
          : {
              mode: 'emulated',
              machine: expect.objectContaining({
                ...seen(platform),
                emulator: expect.stringMatching(/^QEMU \d/),
              }),
            }),
      })),
    )
    expect(first.fingerprint).toEqual({
      kernel: first.info.kernel,
      architecture,
      engine: `docker ${first.info.version}`,
    })
    const imageIds = async () => (await labEngine.docker('images', '--all', '--quiet')).split('\n').toSorted()
    const imagesAfterFirst = await imageIds()
    expect(await probeEngine(engine, await readSampleImages(), options)).toEqual(first)
    expect(await imageIds()).toEqual(imagesAfterFirst)
  })

  test('a broken archive is no image', async () => {
    const [sample] = await readSampleImages()
    async function* broken() {
      yield Buffer.from('this is not a tar archive'.repeat(100))
    }
    const request = { configDigest: parseDigest(`sha256:${'b'.repeat(64)}`), archive: broken() }
    expect(sample).toBeDefined()
    await expect(world.engine.load(request)).rejects.toMatchObject({ code: 'image_load_failed' })
  })

  test('leaves no container behind', async () => expect(await world.containers()).toEqual([]))
})

async function manifestOf(world: EngineWorld, digest: string) {
  const url = `${world.lab.registry('open').url}/v2/${world.images.repository}/manifests/${digest}`
  const headers = { accept: 'application/vnd.oci.image.manifest.v1+json' }
  const response = await fetch(url, { headers })
  return (await response.json()) as { layers: readonly { digest: string; size: number }[] }
}
