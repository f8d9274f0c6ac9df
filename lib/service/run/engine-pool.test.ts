import { expect, it } from 'vitest'
import type { PlatformProbe } from '#lib/engine/probe/judge-probe.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { FakeEngine } from '../testing/fake-engine.ts'
import { EnginePool, type ProbeMemory } from './engine-pool.ts'

const SAMPLES = ['amd64', 'ppc64le', 's390x'] as const
const digestOf = (at: number) => parseDigest(`sha256:${String(at).repeat(64)}`)

function sampledEngine() {
  const engine = new FakeEngine()
  SAMPLES.forEach((architecture, at) => {
    const run =
      architecture === 's390x'
        ? { exitCode: 255, outputBytes: 0 }
        : { stdout: `Running on linux/${architecture}\n` }
    engine.images.set(digestOf(at), { platform: { os: 'linux', architecture }, files: {}, runs: [run] })
  })
  return engine
}

function pool(
  engines: readonly FakeEngine[],
  memory: ProbeMemory = forgetful(),
  more: { nowMs?: number } = {},
) {
  return new EnginePool({
    engines,
    problems: [],
    readProbeImages: async () =>
      SAMPLES.map((architecture, at) => ({
        configDigest: digestOf(at),
        platform: { os: 'linux', architecture },
        archive: (async function* () {})(),
      })),
    memory,
    instance: 'test',
    now: () => new Date(more.nowMs ?? 0),
  })
}

function forgetful(): ProbeMemory {
  return { get: () => undefined, put: () => {} }
}

const runs = (engine: FakeEngine) => engine.calls.filter((call) => call.startsWith('run')).length

it('what an engine can run is found out by running the sample', async () => {
  const { seats, problems } = await pool([sampledEngine()]).list()
  expect(problems).toEqual([])
  expect(seats[0]?.platforms.map(({ platform, mode }) => `${platform} ${mode}`)).toEqual([
    'linux/amd64 native',
    'linux/ppc64le emulated',
    'linux/s390x cannot',
  ])
})

it('what could be run is remembered; what could not is tried again', async () => {
  const kept = new Map<string, readonly PlatformProbe[]>()
  const memory: ProbeMemory = {
    get: (key) => kept.get(key),
    put: (key, platforms) => void kept.set(key, platforms),
  }
  const first = sampledEngine()
  await pool([first], memory).list()
  const second = sampledEngine()
  const again = pool([second], memory)
  expect((await again.list()).seats[0]?.platforms.length).toBe(3)
  expect([runs(first), runs(second)]).toEqual([3, 1])
  await again.list(undefined, true)
  expect(runs(second)).toBe(4)
})

it('those who ask at once share one probe', async () => {
  const engine = sampledEngine()
  const shared = pool([engine])
  await Promise.all([shared.list(), shared.list()])
  expect(runs(engine)).toBe(3)
})

it('an engine that does not answer is a problem, the others go on', async () => {
  const silent = sampledEngine()
  silent.failures.set('info', new AppError('engine_unavailable', 'Nobody answers.'))
  const { seats, problems } = await pool([silent, sampledEngine()]).list()
  expect(seats.length).toBe(1)
  expect(problems.map((problem) => problem.code)).toEqual(['engine_unavailable'])
})

it('what an engine could not remove goes when it is met again', async () => {
  const engine = sampledEngine()
  const shared = pool([engine])
  await shared.list()
  shared.noteLeft(engine, 'left-1')
  await shared.list()
  expect(engine.calls).toContain('remove left-1')
})

it('an abort is an abort', async () => {
  const abort = new AbortController()
  abort.abort()
  await expect(pool([sampledEngine()]).list(abort.signal)).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  )
})
