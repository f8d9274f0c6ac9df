import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { buildRunImage, type RunImageName } from '#e2e/lab/run-images/run-image.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { CANCELLED_WITHIN_MS, type EngineWorld, startEngineWorld } from './engine-world.ts'
import { type FollowedRun, type RunApi, runApi } from './run-api.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const options = { timeout: 180_000 }
const MEMORY_MAX_KIB = 400 * 1_024
const ALL_LINES = Array.from({ length: 100 }, (_, at) => `line ${at + 1}\n`).join('')

describe.skipIf(reason)(`runs of a server on a real Docker Engine ${reason ?? ''}`, () => {
  let world: EngineWorld
  let server: RunningDashboard
  let api: RunApi
  beforeAll(async () => {
    world = await startEngineWorld()
    server = await startDashboard({ env: { DOCKER_HOST: world.labEngine.dockerHost, ARCHWAY_JOBS: '2' } })
    api = runApi(server.url)
    // The engine is probed before anything is measured.
    await api.untilOver(await api.start({ ref: image('both') }))
  })
  afterAll(async () => {
    await server?.stop()
    await world?.[Symbol.asyncDispose]()
  })
  afterEach(async () => expect(await world.containers()).toEqual([]))

  const image = (name: RunImageName) => `${world.images.reference}:${name}`
  const isUnderWay = (run: RunDto) =>
    run.jobs.every((job) => job.tail !== undefined || job.state === 'finished')

  const containersOf = (id: string) =>
    world.labEngine.docker('ps', '--all', '--quiet', '--filter', `label=archway.run=${id}`)

  async function cancelInTime(id: string) {
    const startedMs = performance.now()
    const run = await api.cancel(id)
    expect(performance.now() - startedMs).toBeLessThan(CANCELLED_WITHIN_MS)
    expect(run).toMatchObject({ state: 'cancelled', reportUrl: `/reports/${id}` })
    expect(run.verdict).toBeUndefined()
    for (const job of run.jobs) expect(job).toMatchObject({ state: 'cancelled', phase: 'cancelled' })
    await expect.poll(() => containersOf(id)).toBe('')
    expect(await api.report(id)).toMatchObject({ state: 'cancelled' })
    expect(await api.cancel(id)).toEqual(run)
  }

  test('one that pulls is cancelled within two seconds', options, async () => {
    const heavy = buildLayer([{ path: 'heavy', content: randomBytes(96 << 20) }])
    const { layers } = buildRunImage('both', 'amd64')
    const repository = openRepository(world.lab.registry('open'), 'lab/heavy')
    await repository.push(
      buildImage({ layers: [...layers, heavy], config: { Entrypoint: ['/behave'] } }),
      'latest',
    )
    const id = await api.start({ ref: repository.registry.reference('lab/heavy', 'latest') })
    await api.until(id, (run) => run.jobs[0]?.phase === 'pulling' && run.jobs[0].progress !== undefined)
    await cancelInTime(id)
  })

  test(
    'one that runs and does not listen, and one that waits, are cancelled within two seconds',
    options,
    async () => {
      const running = await api.start({ ref: image('stubborn') })
      await api.until(running, isUnderWay)
      const waiting = await api.start({ ref: image('both') })
      expect((await api.get(waiting)).jobs.map((job) => job.state)).toEqual(['queued', 'queued'])
      await cancelInTime(waiting)
      await cancelInTime(running)
    },
  )

  test(
    'a reader whose connection is cut again and again sees what an unbroken one sees',
    options,
    async () => {
      const id = await api.start({ ref: image('count') })
      const [unbroken, resumed, late] = await Promise.all([
        api.follow(id),
        followInPieces(id),
        api.until(id, isUnderWay).then(() => api.follow(id)),
      ])
      const final = await api.get(id)
      for (const reader of [unbroken, resumed, late]) {
        expect(reader.run).toEqual(final)
        expect(reader.written).toEqual({ 'linux/amd64': ALL_LINES, 'linux/ppc64le': ALL_LINES })
        expect(reader.counts.finished).toBe(1)
      }
      expect(new Set(resumed.ids).size).toBe(resumed.ids.length)
      expect(unbroken.counts).toMatchObject({ snapshot: 1, job: 2 })
      const afterwards = await api.follow(id, { from: resumed })
      expect(afterwards.run).toEqual(final)
      expect(final.jobs.map((job) => job.execution?.output)).toEqual([ALL_LINES, ALL_LINES])
    },
  )

  /** Leaves after every few events and comes back with the last id. */
  async function followInPieces(id: string): Promise<FollowedRun> {
    let known: FollowedRun | undefined
    while (known?.counts.finished === undefined) {
      const start = known?.ids.length ?? 0
      known = await api.follow(id, {
        ...(known && { from: known }),
        until: (now) => now.ids.length >= start + 7,
      })
    }
    return known
  }

  test('two at the same time keep apart', options, async () => {
    const [count, both] = await Promise.all([
      api.start({ ref: image('count'), profile: { expectOutput: 'line 100' } }),
      api.start({ ref: image('both'), profile: { expectOutput: 'out 2' } }),
    ])
    const runs = await Promise.all([api.untilOver(count), api.untilOver(both)])
    expect(runs.map((run) => run.verdict)).toEqual(['passed', 'passed'])
    expect(runs[0]?.jobs.map((job) => job.execution?.output)).toEqual([ALL_LINES, ALL_LINES])
    for (const job of runs[1]?.jobs ?? []) expect(job.execution?.outputBytes).toBe(24)
  })

  test(
    'a gigabyte of output leaves the server below 400 MB, its readers and its pages served',
    options,
    async () => {
      const id = await api.start({
        ref: image('flood'),
        profile: { timeoutMs: 150_000 },
        platforms: ['amd64'],
      })
      let peakKiB = 0
      const watch = setInterval(() => {
        peakKiB = Math.max(peakKiB, treeKiB(server.pid))
      }, 100)
      const reader = api.follow(id)
      const slowestMs = await slowestAnswer(id)
      const { run, written } = await reader
      clearInterval(watch)
      expect(run.jobs).toMatchObject([
        { verdict: 'passed', execution: { outputTruncated: true, outputBytes: 1 << 30 } },
      ])
      expect(run.jobs[0]?.execution?.output.length).toBeLessThanOrEqual(1 << 20)
      expect((written['linux/amd64'] ?? '').length).toBeLessThanOrEqual(1 << 20)
      expect(peakKiB).toBeGreaterThan(50_000)
      expect(peakKiB).toBeLessThan(MEMORY_MAX_KIB)
      expect(slowestMs).toBeLessThan(10_000)
    },
  )

  /** Asks the server for something else until the run is over. */
  async function slowestAnswer(id: string): Promise<number> {
    let slowestMs = 0
    await api.until(id, (run) => run.state === 'running' || run.state === 'finished')
    while ((await api.get(id)).state === 'running') {
      await sleep(100)
      const startedMs = performance.now()
      await (await fetch(`${server.url}/api/health`)).text()
      slowestMs = Math.max(slowestMs, performance.now() - startedMs)
    }
    return slowestMs
  }
})

/** Resident memory of a process and all below it. */
function treeKiB(pid: number): number {
  const rows = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const status = readStatus(name)
    const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    return [{ pid: Number(name), parent: field('PPid'), kib: field('VmRSS') }]
  })
  const below = (of: number): number =>
    rows.filter(({ parent }) => parent === of).reduce((sum, row) => sum + row.kib + below(row.pid), 0)
  return (rows.find((row) => row.pid === pid)?.kib ?? 0) + below(pid)
}

function readStatus(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
