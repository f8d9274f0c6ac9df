import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { FakeEngine } from '../testing/fake-engine.ts'
import { EnginePool, type OwedImages } from './engine-pool.ts'
import { noMemory, type ProbeMemory, type RememberedProbe } from './probe-memory.ts'
import type { EngineSeats } from './run-context.ts'

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

interface PoolMore {
  owedImages?: OwedImages
  memory?: ProbeMemory
  clock?: { ms: number }
  platforms?: readonly string[]
  returnMs?: number
}

function pool(
  engines: readonly FakeEngine[],
  { memory = noMemory, clock = { ms: 0 }, platforms, returnMs, owedImages }: PoolMore = {},
) {
  return new EnginePool({
    engines: engines.map((engine, at) => ({ name: `engine ${at}`, foundBy: 'a test', engine, platforms })),
    problems: [],
    readProbeImages: async () =>
      SAMPLES.map((architecture, at) => ({
        configDigest: digestOf(at),
        platform: { os: 'linux', architecture },
        archive: (async function* () {})(),
      })),
    memory,
    owedImages,
    instance: 'test',
    now: () => new Date(clock.ms),
    returnMs,
  })
}

function kept(): ProbeMemory {
  const all = new Map<string, RememberedProbe>()
  return {
    get: async (key) => all.get(key),
    put: async (key, platforms, probedAt) => void all.set(key, { platforms, probedAt }),
  }
}

const GONE = new AppError('engine_unavailable', 'Nobody answers.')
const runs = (engine: FakeEngine) => engine.calls.filter((call) => call.startsWith('run')).length
const modes = ({ seats }: EngineSeats) =>
  seats[0]?.platforms.map(({ platform, mode }) => `${platform} ${mode}`)

describe('what an engine can run', () => {
  it('is found out by running the sample', async () => {
    const answer = await pool([sampledEngine()]).list()
    expect(answer.problems).toEqual([])
    expect(modes(answer)).toEqual(['linux/amd64 native', 'linux/ppc64le emulated', 'linux/s390x cannot'])
  })

  it('is remembered over restarts; what could not be run is tried again', async () => {
    const memory = kept()
    const first = sampledEngine()
    await pool([first], { memory }).list()
    const second = sampledEngine()
    const again = pool([second], { memory, clock: { ms: 60_000 } })
    const { seats } = await again.list()
    expect(seats[0]?.platforms.length).toBe(3)
    expect(seats[0]?.probedAt?.getTime()).toBe(0)
    expect([runs(first), runs(second)]).toEqual([3, 1])
    await again.probe(undefined)
    expect(runs(second)).toBe(4)
  })

  it('is not believed for ever: emulators do not outlast every restart of a machine', async () => {
    const memory = kept()
    await pool([sampledEngine()], { memory }).list()
    const later = sampledEngine()
    await pool([later], { memory, clock: { ms: 25 * 3_600_000 } }).list()
    expect(runs(later)).toBe(3)
  })

  it('is found out anew when a run has shown that it is no longer true', async () => {
    const memory = kept()
    await pool([sampledEngine()], { memory }).list()
    const engine = sampledEngine()
    const shared = pool([engine], { memory })
    const { seats } = await shared.list()
    expect(runs(engine)).toBe(1)
    seats[0]?.doubt?.()
    await shared.list()
    expect(runs(engine)).toBe(4)
  })

  it('is not remembered of another kernel', async () => {
    const memory = kept()
    await pool([sampledEngine()], { memory }).list()
    const upgraded = sampledEngine()
    Object.assign(upgraded, { about: { ...upgraded.about, kernel: '99' } })
    await pool([upgraded], { memory }).list()
    expect(runs(upgraded)).toBe(3)
  })

  it('is asked again after a while, sooner where something could not be run', async () => {
    const clock = { ms: 0 }
    const engine = sampledEngine()
    const shared = pool([engine], { clock, memory: kept() })
    await shared.list()
    clock.ms = 9_000
    await shared.list()
    expect(runs(engine)).toBe(3)
    clock.ms = 11_000
    await shared.list()
    expect(runs(engine)).toBe(4)
  })

  it('is bounded by what archway.yaml gives it', async () => {
    const answer = await pool([sampledEngine()], { platforms: ['linux/ppc64le'] }).list()
    expect(modes(answer)).toEqual(['linux/amd64 cannot', 'linux/ppc64le emulated', 'linux/s390x cannot'])
    expect(answer.seats[0]?.platforms[0]).toMatchObject({ reason: expect.stringContaining('engine 0') })
  })
})

describe('those who ask at once', () => {
  it('share one probe', async () => {
    const engine = sampledEngine()
    const shared = pool([engine])
    await Promise.all([shared.list(), shared.list(), shared.states(1_000)])
    expect(runs(engine)).toBe(3)
  })

  it('for a new probe get one that began after they asked', async () => {
    const engine = sampledEngine()
    const shared = pool([engine], { memory: kept() })
    await Promise.all([shared.list(), shared.probe('engine 0'), shared.probe(undefined), shared.list()])
    expect(runs(engine)).toBe(6)
  })

  it('need not wait for an engine that does not answer', async () => {
    const silent = sampledEngine()
    const { promise, resolve } = Promise.withResolvers<never>()
    silent.info = () => promise
    const shared = pool([silent, sampledEngine()])
    const states = await shared.states(50)
    expect(states.map(({ seat, isBusy }) => [seat !== undefined, isBusy])).toEqual([
      [false, true],
      [true, false],
    ])
    resolve(undefined as never)
  })
})

describe('an engine that is not there', () => {
  it('is a problem, the others go on', async () => {
    const silent = sampledEngine()
    silent.failures.set('info', GONE)
    const { seats, problems } = await pool([silent, sampledEngine()]).list()
    expect(seats.map(({ name }) => name)).toEqual(['engine 1'])
    expect(problems).toEqual([GONE])
  })

  it('is asked again, and what it said before is kept until then', async () => {
    const engine = sampledEngine()
    const shared = pool([engine])
    await shared.list()
    engine.failures.set('info', GONE)
    await shared.probe('engine 0')
    const [gone] = await shared.states(1_000)
    expect(gone).toMatchObject({ problem: GONE, seat: { name: 'engine 0' } })
    expect((await shared.list()).seats).toEqual([])
    engine.failures.clear()
    expect((await shared.list()).seats.length).toBe(1)
  })

  it('is not waited for by everybody when it takes long to be missed', async () => {
    const clock = { ms: 0 }
    const engine = sampledEngine()
    engine.info = async () => {
      engine.calls.push('info')
      clock.ms += 5_000
      throw GONE
    }
    const shared = pool([engine], { clock })
    await shared.list()
    await shared.list()
    expect(engine.calls.length).toBe(1)
    clock.ms += 31_000
    await shared.list()
    expect(engine.calls.length).toBe(2)
  })

  it('does not take a new name for one it has', async () => {
    expect(await pool([sampledEngine()]).probe('another')).toBe(false)
  })
})

describe('what an Archway before this one left there', () => {
  const sweeps = (engine: FakeEngine) => engine.calls.filter((call) => call.startsWith('sweep'))

  it('goes before anything runs; where that fails, nothing runs', async () => {
    const engine = sampledEngine()
    engine.failures.set('sweep', GONE)
    const shared = pool([engine])
    expect(await shared.list()).toEqual({ seats: [], problems: [GONE] })
    expect(runs(engine)).toBe(0)
    engine.failures.clear()
    expect((await shared.list()).seats.length).toBe(1)
    expect(sweeps(engine)).toEqual(['sweep test', 'sweep test'])
  })

  it('is swept once: later it would be what runs', async () => {
    const clock = { ms: 0 }
    const engine = sampledEngine()
    const shared = pool([engine], { clock })
    await shared.list()
    clock.ms = 3_600_000
    engine.failures.set('sweep', GONE)
    expect((await shared.list()).seats.length).toBe(1)
    expect(sweeps(engine)).toEqual(['sweep test', 'sweep'])
  })

  it('and does not go is tried again', async () => {
    const engine = sampledEngine()
    engine.unremovable = ['stuck-1']
    await pool([engine]).list()
    expect(engine.calls).toContain('remove stuck-1')
  })
})

it('an engine that a call missed is asked before the next job', async () => {
  const engine = sampledEngine()
  const shared = pool([engine], { memory: kept() })
  const { seats } = await shared.list()
  engine.failures.set('info', GONE)
  expect((await shared.list()).seats.length).toBe(1)
  seats[0]?.missed?.()
  expect((await shared.list()).seats).toEqual([])
})

it('what an engine could not remove goes when it is met again', async () => {
  const engine = sampledEngine()
  const shared = pool([engine])
  await shared.list()
  shared.noteLeft(engine, 'left-1')
  await shared.list()
  expect(engine.calls).toContain('remove left-1')
})

it('an image that is owed leaves when its engine is met, or once nobody needs it', async () => {
  const engine = sampledEngine()
  const owed = new Set(['app', 'busy'])
  const settled: string[] = []
  const owedImages: OwedImages = {
    dueOn: async (name) => (name === 'engine 0' ? [...owed] : []),
    settle: async (name, image) => {
      settled.push(`${name} ${image}`)
      owed.delete(image)
    },
  }
  engine.imagesInUse.add('busy')
  const shared = pool([engine], { owedImages })
  await shared.list()
  expect(settled).toEqual(['engine 0 app'])
  engine.imagesInUse.clear()
  shared.visitSoon()
  await shared.list()
  expect(settled).toEqual(['engine 0 app', 'engine 0 busy'])
  await shared.close()
})

it('an abort is an abort', async () => {
  const abort = new AbortController()
  abort.abort()
  await expect(pool([sampledEngine()]).list(abort.signal)).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  )
})

describe('an engine that restarts', () => {
  it('is waited for while it may be back any moment', async () => {
    const engine = sampledEngine()
    const shared = pool([engine], { returnMs: 10_000 })
    const { seats } = await shared.list()
    engine.failures.set('info', GONE)
    seats[0]?.missed?.()
    const asked = shared.list()
    setTimeout(() => {
      engine.failures.delete('info')
    }, 300)
    expect((await asked).seats.length).toBe(1)
  })

  it('is not waited for longer than that, nor when it was never there', async () => {
    const engine = sampledEngine()
    const shared = pool([engine], { returnMs: 3_000 })
    engine.failures.set('info', GONE)
    const startedMs = performance.now()
    expect((await shared.list()).seats).toEqual([])
    expect(performance.now() - startedMs).toBeLessThan(2_500)
    engine.failures.delete('info')
    const { seats } = await shared.list()
    engine.failures.set('info', GONE)
    seats[0]?.missed?.()
    expect((await shared.list()).problems).toEqual([GONE])
    const laterMs = performance.now()
    expect((await shared.list()).problems).toEqual([GONE])
    expect(performance.now() - laterMs).toBeLessThan(2_500)
  })
})
