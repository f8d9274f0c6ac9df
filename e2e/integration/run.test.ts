import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import type { RunImageName } from '#e2e/lab/run-images/run-image.ts'
import { type SeededSample, seedSample } from '#e2e/lab/seed-sample.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { report } from '#lib/report/model.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import type { RunEvent } from '#lib/service/run/run-events.ts'
import { untilPrinted } from './engine-world.ts'
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

  const validate = (name: RunImageName, profile?: RunProfile) =>
    world.validate({ ref: `${world.engines.images.reference}:${name}`, profile })

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

  /** Verdict and reason natively, then under emulation; the codes of the findings are the same in both when one is given. */
  test.each<[RunImageName, string, string, string?]>([
    ['both', 'passed as-expected', 'passed as-expected'],
    ['exit', 'failed exit-code RUN-001', 'failed exit-code RUN-001'],
    ['illegal', 'failed illegal-instruction RUN-001', 'inconclusive illegal-instruction'],
    ['power9', 'failed illegal-instruction RUN-001', 'passed as-expected'],
    ['power10', 'failed illegal-instruction RUN-001', 'inconclusive illegal-instruction'],
    ['segfault', 'failed signal RUN-001', 'inconclusive emulator-crash'],
    ['hang', 'failed timed-out RUN-001', 'inconclusive timed-out'],
    ['stubborn', 'failed timed-out RUN-001', 'inconclusive timed-out'],
    ['fork', 'failed timed-out RUN-001', 'inconclusive timed-out'],
    ['memory', 'failed out-of-memory RUN-001', 'inconclusive out-of-memory'],
    ['write-root', 'passed as-expected', 'passed as-expected'],
    ['network', 'passed as-expected', 'passed as-expected'],
    ['escapes', 'passed as-expected', 'passed as-expected'],
    ['no-entrypoint', 'failed not-found RUN-001', 'failed not-found RUN-001'],
    ['no-command', 'failed no-command RUN-001', 'failed no-command RUN-001'],
    ['no-loader', 'failed missing-loader ELF-003', 'failed missing-loader ELF-003'],
    ['no-interpreter', 'failed missing-interpreter RUN-001', 'failed missing-interpreter RUN-001'],
    ['no-hash-bang', 'failed exec-format RUN-001', 'failed exec-format RUN-001'],
    ['not-executable', 'failed not-executable RUN-001', 'failed not-executable RUN-001'],
    ['no-user', 'failed no-such-user RUN-001', 'failed no-such-user RUN-001'],
    ['amd64-inside', 'passed as-expected', 'failed as-expected ELF-001'],
    ['amd64-config', 'passed as-expected', 'failed as-expected META-001'],
  ])('%s: %s, emulated %s', { timeout: testTimeoutMs }, async (name, native, emulated) => {
    const result = await validate(name, { timeoutMs: 6_000 })
    const told = result.jobs.map(({ verdict, ending, findings }) =>
      [verdict, ending?.reason, ...findings.map((finding) => finding.code)].join(' '),
    )
    expect(told).toEqual([native, emulated])
  })

  test('what a foreign binary did is told: it ran, natively, and still failed', {
    timeout: testTimeoutMs,
  }, async () => {
    const [, power] = (await validate('amd64-inside')).jobs
    expect(power).toMatchObject({
      platform: 'linux/ppc64le',
      verdict: 'failed',
      execution: { mode: 'native', exitCode: 0 },
      findings: [{ code: 'ELF-001', evidence: { path: '/behave', found: 'x86-64, 64-bit, little-endian' } }],
    })
  })

  test('a platform whose emulator the engine lacks is skipped, never green', {
    timeout: testTimeoutMs,
  }, async () => {
    const content = buildElf(elfShapes.riscv64)
    const layer = buildLayer([{ path: 'app', mode: 0o755, content }])
    const image = buildImage({ architecture: 'riscv64', layers: [layer], config: { Entrypoint: ['/app'] } })
    const repository = openRepository(world.engines.lab.registry('open'), 'lab/riscv')
    await repository.push(buildIndex({ children: [image] }), 'latest')
    const result = await world.validate({ ref: repository.registry.reference('lab/riscv', 'latest') })
    expect(result.verdict).toBe('skipped')
    expect(result.jobs[0]).toMatchObject({
      platform: 'linux/riscv64',
      ending: {
        reason: 'not-offered',
        evidence: { message: expect.stringContaining('No emulator for riscv64') },
      },
      truths: { binaries: { match: 'match' } },
    })
  })

  test('a gigabyte of output is cut off, and told', { timeout: testTimeoutMs }, async () => {
    const ref = `${world.engines.images.reference}:flood`
    const result = await world.validate({ ref, platforms: ['amd64'], profile: { timeoutMs: 60_000 } })
    expect(result.jobs[0]).toMatchObject({ verdict: 'passed', execution: { outputTruncated: true } })
    expect(result.jobs[0]?.execution?.outputBytes).toBe(1 << 30)
    expect(result.jobs[0]?.execution?.output.length).toBeLessThanOrEqual(1 << 20)
  })

  test('a service passes when it is still running', { timeout: testTimeoutMs }, async () => {
    const result = await validate('hang', { service: { afterMs: 2_000 }, expectOutput: 'waiting' })
    expect([result.verdict, ...result.jobs.map((job) => job.ending?.reason)]).toEqual([
      'passed',
      'still-running',
      'still-running',
    ])
    expect((await validate('both', { service: { afterMs: 2_000 } })).verdict).toBe('failed')
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
    expect(performance.now() - startedMs).toBeLessThan(2_000)
    expect([result.state, result.verdict]).toEqual(['cancelled', undefined])
    expect(result.jobs.map((job) => job.state)).toEqual(['cancelled', 'cancelled'])
  })

  test('an engine that is stopped in the middle makes it inconclusive, and is tidied up when it is back', {
    timeout: testTimeoutMs,
  }, async () => {
    const events: RunEvent[] = []
    const ref = `${world.engines.images.reference}:hang`
    const running = world.validate({ ref }, { events })
    await untilPrinted(() => events.filter((event) => event.type === 'output').length >= 2)
    await world.engines.labEngine.halt()
    const result = await running
    await world.engines.labEngine.start()
    await world.context.listEngines()
    expect(result.verdict).toBe('inconclusive')
    for (const job of result.jobs) expect(job.ending?.verdict).toBe('inconclusive')
  })
})
