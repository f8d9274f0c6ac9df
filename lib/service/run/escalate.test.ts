import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { elfShapes } from '#lib/image/testing/build-elf.ts'
import { program } from '#lib/image/testing/memory-image.ts'
import { describeReport } from '#lib/report/describe-report.ts'
import { FakeEngine, type FakeRun } from '../testing/fake-engine.ts'
import { RunWorld } from '../testing/run-world.ts'
import type { EngineSeat } from './run-context.ts'

const CRASH: FakeRun = { exitCode: 139, stderr: 'qemu: uncaught target signal 11\n' }

/** An emulating engine, and a native one that is there once something was run on the first. */
async function validate(
  emulated: FakeRun | readonly FakeRun[],
  natively: FakeRun,
  { failure, tests, loses }: { failure?: AppError; tests?: string; loses?: boolean } = {},
) {
  const world = new RunWorld()
  const [digest = ''] = world.put({ runs: [emulated].flat() })
  const native = new FakeEngine('ppc64le')
  native.images.set(digest, {
    platform: { os: 'linux', architecture: 'ppc64le' },
    files: { '/app': program(elfShapes.ppc64le) },
    runs: [natively],
  })
  if (failure) native.failures.set('pull', failure)
  if (loses) native.inspectImage = async () => undefined
  const own = world.seats
  const seat: EngineSeat = {
    name: 'native',
    engine: native,
    info: { ...native.about, name: 'power-1' },
    platforms: [{ platform: 'linux/ppc64le', mode: 'native' }],
  }
  Object.defineProperty(world, 'seats', {
    get: () => (world.engine.calls.some((call) => call.startsWith('run')) ? [...own, seat] : own),
  })
  const request = tests === undefined ? {} : { profile: { tests } }
  const [job] = describeReport(await world.run(request, { removeImages: true })).jobs
  return { job, native, emulating: world.engine, digest }
}

describe('a job that an emulator may have spoilt', () => {
  it('is run again natively, when such an engine is there by now', async () => {
    const { job, native, emulating, digest } = await validate(CRASH, {})
    expect(job).toMatchObject({
      verdict: 'passed',
      engine: { name: 'power-1' },
      execution: { mode: 'native', exitCode: 0 },
      escalated: { from: 'Docker 20.10.24 on fake-1', ending: { reason: 'emulator-crash' } },
      repeatTexts: [
        expect.stringMatching(/^It was run natively after emulation on Docker .* could not tell: /),
      ],
    })
    // Nothing is left on either.
    for (const { containers, calls } of [native, emulating]) {
      expect(containers.size).toBe(0)
      expect(calls).toContain(`removeImage ${digest}`)
    }
  })
  it('fails there, if it is the image’s fault', async () =>
    expect((await validate({ hangs: false, exitCode: 132 }, { exitCode: 132 })).job).toMatchObject({
      verdict: 'failed',
      ending: { reason: 'illegal-instruction' },
      execution: { mode: 'native' },
    }))
  it('is run again natively, where the emulator is gone', async () => {
    const startFailure = { kind: 'exec-format', message: 'exec format error' } as const
    const { job } = await validate({ exitCode: 255, startFailure }, {})
    expect(job).toMatchObject({ verdict: 'passed', escalated: { ending: { reason: 'no-emulator' } } })
  })
  describe('in one of its tests', () => {
    const tests = 'schemaVersion: 2.0.0\ncommandTests:\n  - { name: t, command: app }\n'
    it('is run again natively with them', async () => {
      const { job } = await validate([{}, CRASH], {}, { tests })
      expect(job).toMatchObject({
        verdict: 'passed',
        execution: { mode: 'native' },
        tests: [{ name: 't', verdict: 'passed' }],
        escalated: { ending: { verdict: 'inconclusive', reason: 'tests-unknown' } },
      })
    })
    it('keeps its tests too, if the native engine fails', async () => {
      const failure = new AppError('engine_unavailable', 'Nobody answers.')
      const { job } = await validate([{}, CRASH], {}, { tests, failure })
      expect(job).toMatchObject({
        verdict: 'inconclusive',
        ending: { reason: 'tests-unknown' },
        tests: [{ name: 't', verdict: 'inconclusive' }],
      })
    })
    it('stays where it ran, if the image fails them', async () => {
      const { job, native } = await validate([{}, { exitCode: 1 }], {}, { tests })
      expect([job?.verdict, native.calls]).toEqual(['failed', []])
    })
  })
  it('keeps what emulation told, if the native engine fails', async () => {
    const failure = new AppError('engine_unavailable', 'Nobody answers.')
    for (const how of [{ failure }, { loses: true }]) {
      const { job } = await validate(CRASH, {}, how)
      expect(job).toMatchObject({
        verdict: 'inconclusive',
        ending: { reason: 'emulator-crash' },
        execution: { mode: 'emulated' },
        engine: { name: 'fake-1' },
      })
      expect(job).not.toHaveProperty('escalated')
    }
  })
  it('stays where it ran, if it passed or the image is at fault', async () => {
    for (const run of [{}, { exitCode: 1 }]) {
      const { job, native } = await validate(run, {})
      expect(job?.execution?.mode).toBe('emulated')
      expect(native.calls).toEqual([])
    }
  })
})
