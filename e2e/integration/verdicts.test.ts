import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCountingProxy } from '#e2e/lab/counting-proxy.ts'
import { type BuiltImage, buildImage } from '#e2e/lab/image.ts'
import { buildIndex, type IndexChild } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import { writeLayout } from '#e2e/lab/layout.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { type LabRepository, openRepository } from '#e2e/lab/repository.ts'
import { buildRunImage } from '#e2e/lab/run-images/run-image.ts'
import { seedPrivate } from '#e2e/lab/seed-private.ts'
import { storedFile } from '#e2e/lab/storage.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { type DescribedJob, type DescribedReport, describeReport } from '#lib/report/describe-report.ts'
import type { RunRequest } from '#lib/service/run/plan-run.ts'
import { openRunHouse } from './run-house.ts'
import { type RunWorld, startRunWorld } from './run-world.ts'
import { startCases } from './start-cases.ts'
import { buildTruthCase, truthTable } from './truth-table-cases.ts'
import { verdictCases } from './verdict-cases.ts'

const reason = (await ensurePackages(['registry', 'basic', 'token', 'engine'])).reason('engine')
const testTimeoutMs = 90_000
const options = { timeout: testTimeoutMs }

/** Verdict, reason and the findings' codes, and the sentence that people read. */
function outcome({ verdict, ending, findings, text }: DescribedJob) {
  return { told: [verdict, ending?.reason, ...findings.map(({ code }) => code)].join(' '), text }
}

describe.skipIf(reason)(`verdicts on a real Docker Engine ${reason ?? ''}`, () => {
  let world: RunWorld
  let repository: LabRepository
  beforeAll(async () => {
    world = await startRunWorld({ logins: ['basic', 'token'] })
    repository = openRepository(world.engines.lab.registry('open'), 'lab/verdicts')
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  const validate = async (request: RunRequest): Promise<DescribedReport> =>
    describeReport(await world.validate(request))
  const only = async (request: RunRequest) => {
    const [job] = (await validate(request)).jobs
    if (job === undefined) throw new Error('it has no job')
    return job
  }
  const push = async (tag: string, ...children: readonly (BuiltManifest | IndexChild)[]) => {
    await repository.push(buildIndex({ children }), tag)
    return repository.registry.reference(repository.name, tag)
  }

  // Four at once on two processors: most of them wait for the engine, or for their time to be up.
  describe.concurrent('an image', () => {
    test.each([...verdictCases, ...startCases])('$image $says', options, async (each) => {
      const ref = `${world.engines.images.reference}:${each.image}`
      const { jobs } = await validate({ ref, ...(each.profile && { profile: each.profile }) })
      const [native, emulated] = jobs
      expect(jobs.map(outcome)).toEqual([each.native, each.emulated])
      if (native?.execution) expect(native.execution.attempts).toBe(1)
      if (emulated?.execution) expect(emulated.execution.attempts).toBe(each.attempts ?? 1)
      for (const job of each.output ? jobs : []) expect(job.execution?.output).toContain(each.output)
    })

    test('floods: a gigabyte is cut off, and told', options, async () => {
      const ref = `${world.engines.images.reference}:flood`
      const profile = { timeoutMs: 60_000, expectOutput: 'the end' }
      const job = await only({ ref, platforms: ['amd64'], profile })
      expect(outcome(job)).toEqual({
        told: 'inconclusive output-truncated',
        text: 'Wrote more than is kept, so “the end” may have been in the rest.',
      })
      expect(job.execution).toMatchObject({ outputTruncated: true, outputBytes: 1 << 30 })
      expect(job.execution?.output.length).toBeLessThanOrEqual(1 << 20)
    })

    test('is looked through with a pattern that never ends', options, async () => {
      const words = buildLayer([{ path: 'words', content: 'a'.repeat(60_000) }])
      const behave = buildRunImage('both', 'amd64')
      const config = { Entrypoint: ['/behave', 'print', '/words'] }
      const ref = await push('words', buildImage({ layers: [...behave.layers, words], config }))
      const job = await only({ ref, profile: { expectOutput: '/^(a+)+b$/' } })
      expect(outcome(job)).toEqual({
        told: 'inconclusive pattern-too-slow',
        text: 'Looking for /^(a+)+b$/ in the output took too long.',
      })
    })

    test('ran although its binary is foreign, and that is told', options, async () => {
      const ref = `${world.engines.images.reference}:amd64-inside`
      expect(await only({ ref, platforms: ['ppc64le'] })).toMatchObject({
        verdict: 'failed',
        execution: { mode: 'native', exitCode: 0 },
        truths: {
          index: 'linux/ppc64le',
          config: { agrees: true },
          engine: { agrees: true },
          binaries: { match: 'differ' },
        },
      })
    })
  })

  describe.concurrent('an image meant for ppc64le', () => {
    /** Verdict and reason, then every finding as people read it. */
    const told = ({ verdict, ending, findings }: DescribedJob) => [
      `${verdict} ${ending?.reason}`,
      ...findings.map(({ code, message }) => `${code} ${message}`),
    ]
    test.each(truthTable)('index $index, config $config, binary $binary', options, async (each) => {
      const ref = await push(`truth-${each.index}-${each.config}-${each.binary}`, buildTruthCase(each))
      const job = await only({ ref })
      expect(job.platform).toBe(`linux/${each.index}`)
      expect(told(job)).toEqual(each.told)
      // Who asks for ppc64le and finds it in no index learns just that, whatever is inside.
      const asked = await only({ ref, platforms: ['ppc64le'] })
      const missing = ['failed not-in-index', 'COV-001 The image has linux/amd64 only.']
      expect(told(asked)).toEqual(each.index === 'ppc64le' ? each.told : missing)
    })
  })

  describe.concurrent('a platform', () => {
    const foreign = (architecture: string, os = 'linux') => {
      const layers = [buildLayer([{ path: 'app', mode: 0o755, content: buildElf(elfShapes.riscv64) }])]
      return buildImage({ os, architecture, layers, config: { Entrypoint: ['/app'] } })
    }
    test('whose emulator the engine lacks is skipped, its binaries seen all the same', options, async () => {
      const job = await only({ ref: await push('riscv', foreign('riscv64')) })
      expect(outcome(job)).toEqual({
        told: 'skipped not-offered',
        text: expect.stringMatching(
          /^No engine here can run .* No emulator for riscv64 .* tonistiigi\/binfmt/,
        ),
      })
      expect(job.truths.binaries?.match).toBe('match')
    })
    test('of another system is skipped', options, async () => {
      const job = await only({ ref: await push('windows', foreign('amd64', 'windows')) })
      expect(outcome(job)).toEqual({
        told: 'skipped not-offered',
        text: expect.stringMatching(/^No engine here can run this platform: .* runs linux images only\.$/),
      })
    })
    test('that the image does not have failed', options, async () => {
      const ref = `${world.engines.images.reference}:both`
      expect(outcome(await only({ ref, platforms: ['s390x'] })).told).toBe('failed not-in-index COV-001')
    })
    test('that nothing runs is skipped, with the reason', options, async () => {
      await using house = await openRunHouse([])
      const report = describeReport(await house.validate({ ref: 'oci:samples/multiarch-app' }))
      expect(report.verdict).toBe('skipped')
      const none = { told: 'skipped no-engine', text: 'No engine was found.' }
      expect(report.jobs.map(outcome)).toEqual([none, none, none, none])
    })
  })

  describe.concurrent('what the registry has', () => {
    let made = 0
    /** An image whose blobs nobody else has. */
    const fresh = (): BuiltImage => {
      const own = buildLayer([
        { path: `own-${++made}`, content: `nobody else has this: ${made}\n`.repeat(50) },
      ])
      const { layers } = buildRunImage('both', 'amd64')
      return buildImage({ layers: [...layers, own], config: { Entrypoint: ['/behave', 'both'] } })
    }
    const change = async (digest: string, by: (bytes: Buffer) => Buffer) => {
      const file = storedFile(repository.registry, digest)
      await writeFile(file, by(await readFile(file)))
    }
    const layerOf = (image: BuiltImage) => image.layers.at(-1)?.digest ?? ''

    test('no such tag is no verdict', options, async () => {
      const ref = repository.registry.reference(repository.name, 'never-pushed')
      await expect(world.validate({ ref })).rejects.toMatchObject({ code: 'manifest_unknown' })
    })
    test('an image that the index lists and the registry lacks', options, async () => {
      const image = fresh()
      const ref = await push('lost', image, buildRunImage('both', 'ppc64le'))
      await repository.deleteManifest(image.digest)
      const [lost, there] = (await validate({ ref })).jobs.map(outcome)
      expect(lost).toEqual({
        told: 'failed not-in-registry RUN-001',
        text: 'The index lists an image that the registry does not have.',
      })
      expect(there?.told).toBe('passed as-expected')
    })
    test('a manifest of other bytes than its digest says', options, async () => {
      const image = fresh()
      const ref = await push('other-manifest', image)
      await change(image.digest, (bytes) => Buffer.from(bytes.toString().replace('{', '{ ')))
      const told = outcome(await only({ ref }))
      expect(told.told).toBe('failed broken-image RUN-001')
      expect(told.text).toMatch(/^The image is broken: The bytes of .* hash to sha256:/)
    })
    test('a layer of other bytes, which the engine meets', options, async () => {
      const image = fresh()
      const ref = await push('other-layer', image)
      await change(layerOf(image), (bytes) => bytes.fill(0x55, 20, 30))
      const told = outcome(await only({ ref }))
      expect(told.told).toBe('failed broken-image RUN-001')
      expect(told.text).toContain('than their digest says')
    })
    test('a layer that breaks off in the middle', options, async () => {
      const image = fresh()
      const ref = await push('half-layer', image)
      await rm(storedFile(repository.registry, layerOf(image)))
      const { told, text } = outcome(await only({ ref }))
      expect(told).toBe('inconclusive pull-failed')
      expect(text).toMatch(/ was cut off by \S+ in the middle of the image/)
    })
    test.each([
      [404, 'is not there: the image is broken', 'failed not-in-registry RUN-001', 'image'],
      [403, 'the registry keeps back: nobody can tell', 'inconclusive pull-failed', 'registry'],
    ] as const)('a layer that (%s) %s', options, async (status, _, told, fault) => {
      const image = fresh()
      await push(`without-${status}`, image)
      await using proxy = await startCountingProxy(repository.registry.host, {
        withholds: { end: layerOf(image), status },
      })
      const job = await only({ ref: `${proxy.host}/${repository.name}:without-${status}` })
      expect([outcome(job).told, job.fault, job.text]).toEqual([
        told,
        fault,
        expect.stringMatching(
          status === 404 ? /^The registry does not have all of the image: / : /may not pull from/,
        ),
      ])
    })
    test('a layer that is not the one of the config', options, async () => {
      const image = fresh()
      const layers = image.layers.map((layer) => ({ ...layer, diffId: `sha256:${'1'.repeat(64)}` }))
      const ref = await push(
        'other-diff',
        buildImage({ layers, config: { Entrypoint: ['/behave', 'both'] } }),
      )
      expect(outcome(await only({ ref })).told).toBe('failed broken-image RUN-001')
    })
    test.each(['basic', 'token'] as const)(
      'needs a login (%s), which the engine is given',
      options,
      async (kind) => {
        const { private: shut } = await seedPrivate(world.engines.lab.registry(kind))
        const { verdict, jobs } = await validate({ ref: shut.reference, platforms: ['ppc64le'] })
        expect(verdict).toBe('passed')
        expect(jobs[0]?.execution?.output).toContain('Running on linux/ppc64le')
      },
    )
  })

  describe.concurrent('what a layout has', () => {
    const written = async (name: string, image: BuiltManifest) => {
      const folder = path.join(world.engines.lab.folder, name)
      await writeLayout(folder, buildIndex({ children: [image] }), 'latest')
      return folder
    }
    test('runs like any other image, and fails like any other', options, async () => {
      const folder = await written('layout', buildRunImage('exit', 'ppc64le'))
      expect(outcome(await only({ ref: `oci:${folder}` }))).toEqual({
        told: 'failed exit-code RUN-001',
        text: 'Ended with exit code 1; expected was 0.',
      })
    })
    test('a layer of other bytes than its digest says', options, async () => {
      const image = buildRunImage('count', 'ppc64le')
      const folder = await written('broken-layout', image)
      const file = path.join(folder, 'blobs/sha256', image.layers[0]?.digest.slice('sha256:'.length) ?? '')
      await writeFile(file, (await readFile(file)).fill(0x55, 20, 30))
      const told = outcome(await only({ ref: `oci:${folder}` }))
      expect(told.told).toBe('failed broken-image RUN-001')
    })
  })

  test('nothing is left behind', async () => {
    expect(await world.engines.containers()).toEqual([])
    expect(await world.engines.labEngine.docker('volume', 'ls', '--quiet')).toBe('')
  })
})
