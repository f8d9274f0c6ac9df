import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import { type LabPodman, startPodman } from '#e2e/lab/podman.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { buildRunImage, type RunImageName } from '#e2e/lab/run-images/run-image.ts'
import { type SeededRunImages, seedRunImages } from '#e2e/lab/seed-run-images.ts'
import { storedFile } from '#e2e/lab/storage.ts'
import { createDockerEngine } from '#lib/engine/docker/docker-engine.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { probeEngine } from '#lib/engine/probe/probe-engine.ts'
import type { RunOptions } from '#lib/engine/run-outcome.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { parseRepository, type RegistryRepository } from '#lib/oci/reference.ts'
import { describeReport } from '#lib/report/describe-report.ts'
import { runContainer, specOf } from './engine-world.ts'
import { openRunHouse, type RunHouse } from './run-house.ts'
import { readSampleImages } from './sample-images.ts'
import { verdictCases } from './verdict-cases.ts'

const reason = (await ensurePackages(['registry', 'podman'])).reason('podman')

describe.skipIf(reason)(`the same adapter on Podman ${reason ?? ''}`, () => {
  let lab: Lab
  let podman: LabPodman
  let engine: Engine
  let images: SeededRunImages
  beforeAll(async () => {
    lab = await startLab()
    podman = await startPodman()
    engine = createDockerEngine({ kind: 'unix', path: podman.socketPath })
    images = await seedRunImages(lab.registry('open'))
  })
  afterAll(async () => {
    await engine?.close()
    await podman?.stop()
    await lab?.stop()
  })

  async function run(name: RunImageName, platform: string, options: Partial<RunOptions> = {}) {
    const digest = images.tags[name].children.find((child) => child.platform === platform)?.digest ?? ''
    const { image } = await engine.pull({
      repository: parseRepository(images.reference) as RegistryRepository,
      digest: parseDigest(digest),
      platform: parsePlatform(platform),
    })
    const { id } = await engine.create(specOf(image, platform))
    try {
      return await runContainer(engine, id, options)
    } finally {
      await engine.remove(id)
    }
  }

  test('is told apart, and runs the sample for four platforms', async () => {
    const found = await probeEngine(engine, await readSampleImages(), {
      instance: 'tests',
      now: () => new Date(),
    })
    expect(found.info.kind).toBe('podman')
    expect(found.platforms.map(({ mode }) => mode).toSorted()).toEqual([
      'emulated',
      'emulated',
      'emulated',
      'native',
    ])
  })

  test.each([
    ['exit', { exitCode: 1, stdout: 'about to fail\n' }],
    ['illegal', { exitCode: 132 }],
    ['both', { stdout: 'out 1\nout 2\n', stderr: 'err 1\nerr 2\n' }],
    ['network', { stdout: 'connect refused 101\n' }],
    ['write-root', { stdout: 'open refused 30\n' }],
    ['status', { stdout: expect.stringMatching(/CapBnd:\t0+\nCapAmb:\t0+\nNoNewPrivs:\t1\nSeccomp:\t2\n/) }],
    ['no-entrypoint', { startFailure: { kind: 'not-found' } }],
    ['not-executable', { startFailure: { kind: 'not-executable' } }],
    ['no-user', { startFailure: { kind: 'no-user' }, exitCode: undefined }],
  ] as const)('%s', async (name, outcome) => {
    expect(await run(name, 'linux/ppc64le')).toMatchObject({ timedOut: false, ...outcome })
  })

  test('what waits for ever is ended, and what is over is swept', async () => {
    expect(await run('stubborn', 'linux/amd64', { timeoutMs: 1_000 })).toMatchObject({ timedOut: true })
    expect(await engine.sweep({ instance: 'tests', now: new Date() })).toEqual({ removed: [], left: [] })
  })

  describe.concurrent('an image is judged as it is on Docker', () => {
    let house: RunHouse
    beforeAll(async () => {
      house = await openRunHouse([engine])
    })
    afterAll(() => house?.[Symbol.asyncDispose]())
    const names = ['both', 'segfault', 'no-loader', 'no-interpreter', 'amd64-inside', 'no-user']
    const judged = verdictCases.filter(({ image, profile }) => names.includes(image) && !profile)
    test.each(judged)('$image $says', { timeout: 60_000 }, async ({ image, native, emulated }) => {
      const { jobs } = describeReport(await house.validate({ ref: `${images.reference}:${image}` }))
      const told = jobs.map(({ verdict, ending, findings }) =>
        [verdict, ending?.reason, ...findings.map(({ code }) => code)].join(' '),
      )
      expect(told).toEqual([native.told, emulated.told])
    })
    test('a service answers on its port, with a file of its own', { timeout: 60_000 }, async () => {
      const profile = {
        service: { port: 8080, path: '/up' },
        files: { '/etc/app/config': 'listen: 8080\n' },
        timeoutMs: 20_000,
      }
      const { jobs } = describeReport(await house.validate({ ref: `${images.reference}:serve`, profile }))
      expect(jobs.map(({ verdict, text }) => [verdict, text])).toEqual([
        ['passed', expect.stringContaining('answered on port 8080 (/up: 200)')],
        ['passed', expect.stringContaining('answered on port 8080 (/up: 200)')],
      ])
    })
    test('a health check is asked for, and what nobody tried is no verdict', {
      timeout: 60_000,
    }, async () => {
      const profile = { service: { health: true }, timeoutMs: 4_000 }
      const request = { ref: `${images.reference}:healthy`, platforms: ['amd64'], profile }
      const [job] = describeReport(await house.validate(request)).jobs
      // Podman has systemd try health checks; where there is none, nobody does.
      expect(`${job?.verdict} ${job?.ending?.reason}`).toMatch(
        /^(passed still-running|inconclusive service-unseen)$/,
      )
    })
    test('a layer of other bytes than its digest says', { timeout: 60_000 }, async () => {
      const repository = openRepository(lab.registry('open'), 'lab/broken')
      const image = buildRunImage('both', 'amd64')
      const own = buildLayer([{ path: 'own', content: 'nobody else has this\n'.repeat(50) }])
      const whole = buildImage({
        layers: [...image.layers, own],
        config: { Entrypoint: ['/behave', 'both'] },
      })
      await repository.push(whole, 'latest')
      const file = storedFile(repository.registry, own.digest)
      await writeFile(file, (await readFile(file)).fill(0x55, 20, 30))
      const { jobs } = await house.validate({ ref: repository.registry.reference('lab/broken', 'latest') })
      expect(jobs).toMatchObject([{ verdict: 'failed', ending: { reason: 'broken-image' } }])
    })
  })

  test('a registry that it does not see', async () => {
    const pulling = engine.pull({
      repository: { kind: 'registry', registry: '127.0.0.1:1', path: 'power/app' },
      digest: parseDigest(`sha256:${'a'.repeat(64)}`),
      platform: parsePlatform('linux/amd64'),
    })
    await expect(pulling).rejects.toMatchObject({ code: 'registry_unseen' })
  })
})
