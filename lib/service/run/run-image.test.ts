import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { elfShapes } from '#lib/image/testing/build-elf.ts'
import { file, link, program } from '#lib/image/testing/memory-image.ts'
import { report } from '#lib/report/model.ts'
import type { FakePlatform } from '../testing/run-world.ts'
import { RunWorld } from '../testing/run-world.ts'
import type { RunRequest } from './plan-run.ts'

const HELLO = 'Process started.\nRunning on linux/ppc64le\n'

/** One ppc64le image validated alone: verdict of the run, reason of the job, codes of its findings. */
async function validate(platform: FakePlatform, request: Partial<RunRequest> = {}) {
  const world = new RunWorld()
  world.put(platform)
  const result = await world.run(request)
  const [job] = result.jobs
  return {
    world,
    result,
    job,
    told: [result.verdict, job?.ending?.reason, job?.findings.map((f) => f.code).join()],
  }
}

describe('passed', () => {
  it('a right binary that ran as expected, and the report says what was seen', async () => {
    const expectOutput = 'Running on {platform}'
    const { job, result, world } = await validate(
      { runs: [{ stdout: HELLO }] },
      { profile: { expectOutput } },
    )
    expect(result.verdict).toBe('passed')
    expect(job).toMatchObject({
      platform: 'linux/ppc64le',
      verdict: 'passed',
      ending: { reason: 'as-expected' },
      truths: {
        index: 'linux/ppc64le',
        config: { platform: 'linux/ppc64le', agrees: true },
        engine: { platform: 'linux/ppc64le', agrees: true },
        binaries: {
          scope: 'entrypoint',
          match: 'match',
          chain: ['/app'],
          programs: [{ path: '/app', elf: 'PowerPC, 64-bit, little-endian, ELFv2', match: 'matches' }],
        },
      },
      execution: { engine: 'Docker 20.10.24 on fake-1', mode: 'emulated', exitCode: 0, output: HELLO },
      engine: { name: 'fake-1', architecture: 'amd64' },
    })
    expect(job?.steps.map((step) => step.name)).toEqual(['pull', 'create', 'look', 'run', 'remove'])
    expect(report.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
    expect(world.engine.containers.size).toBe(0)
  })
  it.each<[string, FakePlatform, RunRequest['profile']]>([
    ['a native one', { architecture: 'amd64' }, undefined],
    ['an exit code that was expected', { runs: [{ exitCode: 3 }] }, { expectExitCode: 3 }],
    ['a pattern', { runs: [{ stderr: HELLO }] }, { expectOutput: '/^Running on {platform}$/m' }],
    ['a service that keeps running', { runs: [{ hangs: true }] }, { service: { afterMs: 100 } }],
    [
      'an emulator that crashed once',
      { runs: [{ exitCode: 139, stderr: 'qemu: uncaught target signal 11\n' }, {}] },
      undefined,
    ],
    [
      'another entrypoint, without the image’s Cmd',
      { files: { '/probe': program(elfShapes.ppc64le) }, spec: { config: { Cmd: ['serve'] } } },
      { entrypoint: ['/probe'] },
    ],
  ])('%s', async (_, platform, profile) =>
    expect((await validate(platform, profile && { profile })).result.verdict).toBe('passed'),
  )
  it('says which platforms were left out', async () => {
    const world = new RunWorld()
    world.put({ architecture: 'amd64' }, { architecture: 's390x' })
    const result = await world.run({ platforms: ['amd64'] })
    expect([result.verdict, result.leftOut, result.jobs.length]).toEqual(['passed', ['linux/s390x'], 1])
  })
})

describe('failed', () => {
  it.each<[string, FakePlatform, string, string]>([
    ['an amd64 binary labelled ppc64le, although it runs', { binary: 'amd64' }, 'as-expected', 'ELF-001'],
    [
      'the same behind a script of the right shell',
      {
        files: {
          '/app': file('#!/bin/sh\n'),
          '/bin/sh': link('busybox'),
          '/bin/busybox': program(elfShapes.amd64),
        },
      },
      'as-expected',
      'ELF-001',
    ],
    [
      'a config of another platform',
      { spec: { configFields: { architecture: 'amd64' } } },
      'as-expected',
      'META-001',
    ],
    ['another exit code', { runs: [{ exitCode: 1 }] }, 'exit-code', 'RUN-001'],
    [
      'a missing loader',
      {
        files: { '/app': program({ ...elfShapes.ppc64le, interpreter: '/lib64/ld64.so.2' }) },
        runs: [{ exitCode: 127, startFailure: { kind: 'not-found', message: 'no such file or directory' } }],
      },
      'missing-loader',
      'ELF-003',
    ],
    [
      'a missing interpreter',
      {
        files: { '/app': file('#!/bin/bash\n') },
        runs: [{ exitCode: 127, startFailure: { kind: 'not-found', message: 'no such file or directory' } }],
      },
      'missing-interpreter',
      'RUN-001',
    ],
    [
      'no such entrypoint',
      { files: {}, runs: [{ exitCode: undefined, startFailure: { kind: 'not-found', message: 'x' } }] },
      'not-found',
      'RUN-001',
    ],
    ['no entrypoint at all', { spec: { config: { Entrypoint: null } } }, 'no-command', 'RUN-001'],
    [
      'a text without “#!” that an init handed to a shell',
      { files: { '/app': file('echo\n') } },
      'as-expected',
      'RUN-001',
    ],
  ])('%s', async (_, platform, reason, codes) =>
    expect((await validate(platform)).told).toEqual(['failed', reason, codes]),
  )
  it.each<[string, FakePlatform, string]>([
    ['died', { architecture: 'amd64', runs: [{ exitCode: 139 }] }, 'signal'],
    [
      'met an illegal instruction',
      { architecture: 'amd64', runs: [{ exitCode: 132 }] },
      'illegal-instruction',
    ],
    [
      'ran out of memory',
      { architecture: 'amd64', runs: [{ exitCode: 137, oomKilled: true }] },
      'out-of-memory',
    ],
    ['hung', { architecture: 'amd64', runs: [{ hangs: true }] }, 'timed-out'],
  ])('what natively %s', async (_, platform, reason) =>
    expect((await validate(platform, { profile: { timeoutMs: 100 } })).told).toEqual([
      'failed',
      reason,
      'RUN-001',
    ]),
  )
  it('and a foreign binary that is the engine’s own ran natively', async () =>
    expect((await validate({ binary: 'amd64' })).job?.execution?.mode).toBe('native'))
  it('other output than expected', async () =>
    expect((await validate({}, { profile: { expectOutput: 'Welcome' } })).told).toEqual([
      'failed',
      'output',
      'RUN-001',
    ]))
  it('an image that the registry does not have', async () => {
    const world = new RunWorld()
    const [amd64 = '', power = ''] = world.put({ architecture: 'amd64' }, {})
    world.memory.source.remove(power)
    const result = await world.run()
    expect(result.verdict).toBe('failed')
    expect(result.jobs.map((job) => job.ending?.reason)).toEqual(['as-expected', 'not-in-registry'])
    expect(world.engine.calls.filter((call) => call.startsWith('pull'))).toEqual([`pull ${amd64}`])
  })
  it('a platform that was asked for and is not in the image', async () => {
    const { result, job } = await validate({}, { platforms: ['linux/ppc64le', 's390x'] })
    expect(job?.verdict).toBe('passed')
    expect(result.verdict).toBe('failed')
    expect(result.jobs[1]).toMatchObject({
      platform: 'linux/s390x',
      verdict: 'failed',
      ending: { reason: 'not-in-index' },
      findings: [{ code: 'COV-001' }],
    })
  })
})

describe('inconclusive', () => {
  it.each<[string, FakePlatform, string]>([
    ['a crash under emulation', { runs: [{ exitCode: 139 }] }, 'emulator-crash'],
    ['an illegal instruction under emulation', { runs: [{ exitCode: 132 }] }, 'illegal-instruction'],
    ['a time-out under emulation', { runs: [{ hangs: true }] }, 'timed-out'],
    [
      'no emulator after all',
      { runs: [{ startFailure: { kind: 'exec-format', message: 'x' } }] },
      'no-emulator',
    ],
    [
      'a wall of the sandbox',
      { runs: [{ exitCode: 1, stderr: 'sh: /x: Read-only file system\n' }] },
      'sandbox',
    ],
    ['another image in the engine', { engineArchitecture: 'amd64' }, 'other-image'],
    ['an entrypoint that ran and was not seen', { files: {} }, 'binaries-unseen'],
  ])('%s', async (_, platform, reason) =>
    expect((await validate(platform, { profile: { timeoutMs: 100 } })).told).toEqual([
      'inconclusive',
      reason,
      '',
    ]),
  )
  it('a crash under emulation is tried three times, each in a container of its own', async () => {
    const { world, job } = await validate({ runs: [{ exitCode: 139 }] })
    expect(job?.execution?.attempts).toBe(3)
    expect(world.engine.specs.length).toBe(3)
    expect(world.engine.containers.size).toBe(0)
    expect(job?.steps.filter((step) => step.name === 'run').map((step) => step.attempt)).toEqual([
      undefined,
      2,
      3,
    ])
  })
  it.each([
    ['pull', 'registry_unseen', 'pull-failed'],
    ['inspectImage', 'engine_unavailable', 'engine-failed'],
    ['create', 'container_refused', 'engine-failed'],
    ['readArchive', 'engine_timeout', 'engine-failed'],
    ['run', 'engine_unavailable', 'engine-failed'],
    // The image's fault, though the engine tells it as its own.
    ['create', 'working_dir_invalid', 'start-refused'],
    ['pull', 'blob_unknown', 'not-in-registry'],
  ] as const)('an engine that fails to %s (%s): %s', async (call, code, reason) => {
    const world = new RunWorld()
    world.put({})
    world.engine.failures.set(call, new AppError(code, 'The engine is in trouble.'))
    const result = await world.run()
    const isOfImage = reason === 'start-refused' || reason === 'not-in-registry'
    expect(result.verdict).toBe(isOfImage ? 'failed' : 'inconclusive')
    expect(result.jobs[0]?.ending).toMatchObject({
      reason,
      evidence: { code, message: 'The engine is in trouble.' },
    })
    expect(world.engine.containers.size).toBe(0)
  })
})

it('a container that the engine could not remove is noted', async () => {
  const world = new RunWorld()
  world.put({})
  world.engine.failures.set('remove', new AppError('engine_unavailable', 'Gone.'))
  expect((await world.run()).verdict).toBe('passed')
  expect(world.left).toEqual([...world.engine.containers])
})

describe('skipped', () => {
  it('no engine: with the reason, never green', async () => {
    const world = new RunWorld()
    world.put({ architecture: 'amd64' }, {})
    world.seats = []
    const result = await world.run()
    expect(result.verdict).toBe('skipped')
    expect(result.jobs.map((job) => [job.verdict, job.ending?.reason])).toEqual([
      ['skipped', 'no-engine'],
      ['skipped', 'no-engine'],
    ])
  })
  it('no engine for one platform makes the whole run skipped', async () => {
    const world = new RunWorld()
    world.put({ architecture: 'amd64' }, { architecture: 's390x' })
    const result = await world.run()
    expect(result.jobs.map((job) => job.verdict)).toEqual(['passed', 'skipped'])
    expect(result.verdict).toBe('skipped')
    expect(result.jobs[1]?.ending?.evidence.message).toBe('No emulator for s390x is registered.')
  })
  it('an engine that was not probed, and turns out to lack the emulator', async () => {
    const world = new RunWorld()
    world.put({ runs: [{ startFailure: { kind: 'exec-format', message: 'x' } }] })
    world.seats = world.seats.map((seat) => ({ ...seat, platforms: [] }))
    const result = await world.run()
    expect(result.verdict).toBe('skipped')
    expect(result.jobs[0]?.ending).toMatchObject({
      reason: 'not-offered',
      evidence: { message: expect.stringContaining('No emulator for ppc64le is registered') },
    })
  })
  it('Windows', async () => {
    const { result } = await validate({ spec: { os: 'windows' } })
    expect(result.jobs[0]?.ending).toMatchObject({
      verdict: 'skipped',
      reason: 'not-offered',
      evidence: { message: 'The engine fake-1 runs linux images only.' },
    })
  })
  it('yet what index and config say is judged without any engine', async () => {
    const world = new RunWorld()
    world.put({ spec: { configFields: { architecture: 'amd64' } } })
    world.seats = []
    expect((await world.run()).verdict).toBe('failed')
  })
})
