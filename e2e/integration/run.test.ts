import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { buildRunImage, type RunImageName } from '#e2e/lab/run-images/run-image.ts'
import { type SeededSample, seedSample } from '#e2e/lab/seed-sample.ts'
import { describeReport } from '#lib/report/describe-report.ts'
import { report } from '#lib/report/model.ts'
import type { RunEvent } from '#lib/service/run/run-events.ts'
import { CANCELLED_WITHIN_MS, untilPrinted } from './engine-world.ts'
import { type RunWorld, startRunWorld } from './run-world.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const platforms = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']
const testTimeoutMs = 120_000

describe.skipIf(reason)(`validating on a real Docker Engine ${reason ?? ''}`, () => {
  let world: RunWorld
  let sample: SeededSample
  beforeAll(async () => {
    world = await startRunWorld()
    sample = await seedSample(world.engines.lab.registry('open'))
  })
  afterAll(() => world?.[Symbol.asyncDispose]())
  afterEach(async () => expect(await world.engines.containers()).toEqual([]))

  test('the sample passes on its four platforms, each seen to be what it says', {
    timeout: testTimeoutMs,
  }, async () => {
    const events: RunEvent[] = []
    const expectOutput =
      'Process started.\nRunning on {platform}\nProcess completed.\nWelcome to the Multi-Arch World'
    const result = await world.validate(
      { ref: sample.newest.reference, profile: { expectOutput } },
      { events },
    )
    expect(result.verdict).toBe('passed')
    expect(result.digest).toBe(sample.newest.digest)
    expect(result.jobs.map(({ platform, verdict }) => `${platform} ${verdict}`)).toEqual(
      platforms.map((platform) => `${platform} passed`),
    )
    for (const job of result.jobs) {
      expect(job.execution?.output.split('\n')).toContain(`Running on ${job.platform}`)
      expect(job.truths).toMatchObject({
        index: job.platform,
        config: { platform: job.platform, agrees: true },
        engine: { platform: job.platform, agrees: true },
        binaries: { match: 'match', chain: ['/app'] },
      })
    }
    expect(result.jobs.map((job) => job.truths.binaries?.programs[0]?.elf)).toEqual([
      'x86-64, 64-bit, little-endian',
      'AArch64, 64-bit, little-endian',
      'PowerPC, 64-bit, little-endian, ELFv2',
      'S/390, 64-bit, big-endian',
    ])
    expect(result.jobs.map((job) => job.digest)).toEqual(sample.newest.children.map((child) => child.digest))
    expect(events.filter((event) => event.type === 'progress').length).toBeGreaterThan(0)
    expect(report.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
  })

  test('the sample out of its layout passes as well', { timeout: testTimeoutMs }, async () => {
    const result = await world.validate({ ref: 'oci:samples/multiarch-app', platforms: ['ppc64le'] })
    expect(result.verdict).toBe('passed')
    expect(result.jobs[0]?.execution?.output).toContain('Running on linux/ppc64le')
    expect(result.leftOut).toEqual(['linux/amd64', 'linux/arm64', 'linux/s390x'])
  })

  test('a cancelled run is over within two seconds and leaves no container', {
    timeout: testTimeoutMs,
  }, async () => {
    const events: RunEvent[] = []
    const abort = new AbortController()
    const ref = `${world.engines.images.reference}:stubborn`
    const running = world.validate({ ref }, { events, signal: abort.signal })
    await untilPrinted(() => events.filter((event) => event.type === 'output').length >= 2)
    const startedMs = performance.now()
    abort.abort()
    const result = await running
    expect(performance.now() - startedMs).toBeLessThan(CANCELLED_WITHIN_MS)
    expect([result.state, result.verdict]).toEqual(['cancelled', undefined])
    expect(result.jobs.map((job) => job.state)).toEqual(['cancelled', 'cancelled'])
  })

  test('an engine that is stopped in the middle: what was over stays, the rest is inconclusive, all is tidied up', {
    timeout: testTimeoutMs,
  }, async () => {
    const children = [buildRunImage('both', 'amd64'), buildRunImage('hang', 'ppc64le')]
    const repository = openRepository(world.engines.lab.registry('open'), 'lab/half')
    await repository.push(buildIndex({ children }), 'latest')
    const ref = repository.registry.reference('lab/half', 'latest')
    const events: RunEvent[] = []
    const running = world.validate({ ref }, { events })
    const isOver = () => events.some((event) => event.type === 'job')
    await untilPrinted(
      () => isOver() && events.some((event) => event.type === 'output' && event.text === 'waiting\n'),
    )
    const stoppedMs = performance.now()
    await world.engines.labEngine.halt()
    const { verdict, jobs } = describeReport(await running)
    expect(performance.now() - stoppedMs).toBeLessThan(30_000)
    const afterwards = await world.validate({ ref })
    await world.engines.labEngine.start()
    await world.context.listEngines()
    expect(verdict).toBe('inconclusive')
    expect(jobs).toMatchObject([
      { verdict: 'passed', text: 'Ran to its end with exit code 0, as expected.' },
      {
        verdict: 'inconclusive',
        ending: { reason: 'engine-failed' },
        text: expect.stringMatching(
          /^The engine failed: The engine at unix:\S+ (broke the connection off|is not there|refuses)/,
        ),
      },
    ])
    expect(afterwards.jobs.map((job) => `${job.verdict} ${job.ending?.reason}`)).toEqual([
      'skipped no-engine',
      'skipped no-engine',
    ])
    expect((await world.validate({ ref, platforms: ['amd64'] })).verdict).toBe('passed')
  })

  test('a container that somebody kills from outside did not die by itself', {
    timeout: testTimeoutMs,
  }, async () => {
    const events: RunEvent[] = []
    const ref = `${world.engines.images.reference}:hang`
    const running = world.validate({ ref, platforms: ['amd64'] }, { events })
    await untilPrinted(() => events.some((event) => event.type === 'output'))
    await world.engines.labEngine.docker('kill', ...(await world.engines.containers()))
    expect(describeReport(await running).jobs).toMatchObject([
      { verdict: 'inconclusive', text: expect.stringMatching(/^Was killed \(SIGKILL\) from outside/) },
    ])
  })

  test('runs at the same time do not mix what they saw', { timeout: testTimeoutMs }, async () => {
    const ref = (name: RunImageName) => `${world.engines.images.reference}:${name}`
    const [both, exit, again] = await Promise.all([
      world.validate({ ref: ref('both') }),
      world.validate({ ref: ref('exit') }),
      world.validate({ ref: ref('both') }),
    ])
    expect([both, exit, again].map((each) => each.verdict)).toEqual(['passed', 'failed', 'passed'])
    for (const job of [...both.jobs, ...again.jobs]) expect(job.execution?.outputBytes).toBe(24)
  })
})
