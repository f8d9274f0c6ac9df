import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { watchTreeMemory } from '#e2e/lab/process-tree.ts'
import type { RunImageName } from '#e2e/lab/run-images/run-image.ts'
import { type EngineWorld, startEngineWorld } from './engine-world.ts'
import { type RunApi, runApi } from './run-api.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const testTimeoutMs = 360_000
const MEMORY_MAX_BYTES = 400e6
const MEBIBYTE = 1 << 20
/** What goes on for ever is ended soon; what ends by itself has all the time that a busy machine needs. */
const BRIEFLY = { timeoutMs: 5_000, limits: { pids: 64 } }
const IN_TIME = { timeoutMs: 150_000 }

/** Every program that means harm, and how its job has to end. */
const HOSTILE: readonly (readonly [RunImageName, string, object?])[] = [
  ['fork', 'failed timed-out', BRIEFLY],
  ['stubborn', 'failed timed-out', BRIEFLY],
  ['memory', 'failed out-of-memory', { ...IN_TIME, limits: { memoryMiB: 64 } }],
  ['write-tmp', 'passed as-expected', IN_TIME],
  ['write-volume', 'passed as-expected', IN_TIME],
  ['write-root', 'passed as-expected', IN_TIME],
  ['network', 'passed as-expected', IN_TIME],
  ['flood', 'passed as-expected', IN_TIME],
]

describe.skipIf(reason)(`programs that mean harm, all at once ${reason ?? ''}`, () => {
  let world: EngineWorld
  let server: RunningDashboard
  let api: RunApi
  beforeAll(async () => {
    world = await startEngineWorld()
    server = await startDashboard({ env: { DOCKER_HOST: world.labEngine.dockerHost, ARCHWAY_JOBS: '9' } })
    api = runApi(server.url)
  }, testTimeoutMs)
  afterAll(async () => {
    await server?.stop()
    await world?.[Symbol.asyncDispose]()
  }, testTimeoutMs)

  test('each is contained, the server stays small, and other jobs finish', {
    timeout: testTimeoutMs,
  }, async () => {
    // The probe has its own containers; they are not what is measured.
    await (await fetch(`${server.url}/api/v1/engines`)).text()
    const memory = watchTreeMemory(server.pid)
    const start = (name: RunImageName, profile: object = {}) =>
      api.start({ ref: `${world.images.reference}:${name}`, platforms: ['amd64'], profile })
    const hostile = await Promise.all(HOSTILE.map(([name, , profile]) => start(name, profile)))
    const peaceful = await start('count')
    expect((await api.untilOver(peaceful)).verdict).toBe('passed')
    const runs = await Promise.all(hostile.map((id) => api.untilOver(id)))
    const highestBytes = memory.stop()
    const jobs = runs.flatMap((run) => run.jobs)
    expect(jobs.map(({ verdict, ending }) => `${verdict} ${ending?.reason}`)).toEqual(
      HOSTILE.map(([, ending]) => ending),
    )
    expect(highestBytes).toBeLessThan(MEMORY_MAX_BYTES)
    const written = Object.fromEntries(HOSTILE.map(([name], at) => [name, jobs[at]?.execution]))
    // A disk filler gets what its tmpfs has, and not a byte of the engine's disk.
    for (const name of ['write-tmp', 'write-volume']) {
      expect(written[name]?.output).toMatch(/^wrote KiB \d+\nthen refused 28\n$/)
      expect(Number(/\d+/.exec(written[name]?.output ?? '')?.[0])).toBeLessThanOrEqual(64 * 1_024)
    }
    expect(written['write-root']?.output).toBe('open refused 30\n')
    expect(written.network?.output).toBe('connect refused 101\n')
    expect(written.flood).toMatchObject({ outputTruncated: true, outputBytes: 1_024 * MEBIBYTE })
    expect(written.flood?.output.length).toBeLessThanOrEqual(MEBIBYTE)
    expect(await world.containers()).toEqual([])
    expect((await world.labEngine.docker('volume', 'ls', '--quiet')).trim()).toBe('')
  })
})
