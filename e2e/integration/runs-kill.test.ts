import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { buildRunImage, type RunImageName } from '#e2e/lab/run-images/run-image.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { type EngineWorld, startEngineWorld } from './engine-world.ts'
import { type RunApi, runApi } from './run-api.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const testTimeoutMs = 360_000
/** A stop takes three seconds; the rest is a busy machine's. What is stopped would go on for a minute. */
const PATIENCE_MS = 15_000

describe.skipIf(reason)(`a server that is killed with runs in flight ${reason ?? ''}`, () => {
  let world: EngineWorld
  let dataDir: string
  let server: RunningDashboard
  let api: RunApi
  beforeAll(async () => {
    world = await startEngineWorld()
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-kill-'))
    await start()
  })
  afterAll(async () => {
    await server?.stop()
    await world?.[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  })

  async function start() {
    server = await startDashboard({ dataDir, env: { DOCKER_HOST: world.labEngine.dockerHost } })
    api = runApi(server.url)
  }
  async function restart(signal: NodeJS.Signals) {
    await server.stop(signal)
    await start()
  }
  const image = (name: RunImageName) => `${world.images.reference}:${name}`
  const phases = (run: RunDto) => run.jobs.map((job) => job.phase)
  const isUnderWay = (run: RunDto) =>
    run.jobs.every((job) => job.tail !== undefined || job.state === 'finished')

  /** An image whose layers take the engine a while; nobody else has them. */
  async function pushHeavy(tag: string): Promise<string> {
    const heavy = buildLayer([{ path: 'heavy', content: randomBytes(24 << 20) }])
    const children = (['amd64', 'ppc64le'] as const).map((architecture) => {
      const { layers } = buildRunImage('both', architecture)
      return buildImage({
        architecture,
        layers: [...layers, heavy],
        config: { Entrypoint: ['/behave', 'both'] },
      })
    })
    const repository = openRepository(world.lab.registry('open'), 'lab/heavy')
    await repository.push(buildIndex({ children }), tag)
    return repository.registry.reference('lab/heavy', tag)
  }

  /** One row of everything, read from the store itself. */
  function countStored() {
    const db = new DatabaseSync(path.join(dataDir, 'archway.db'), { readOnly: true })
    const count = (sql: string) => Number(db.prepare(sql).get()?.n)
    const counts = {
      runs: count('SELECT count(*) n FROM runs'),
      runsNotOver: count("SELECT count(*) n FROM runs WHERE state NOT IN ('finished', 'cancelled')"),
      runsToCancel: count('SELECT count(*) n FROM runs WHERE cancel_asked_at IS NOT NULL'),
      reports: count('SELECT count(*) n FROM reports'),
      jobs: count('SELECT count(*) n FROM jobs'),
      jobsWithoutResult: count('SELECT count(*) n FROM jobs WHERE job IS NULL'),
    }
    db.close()
    return counts
  }

  test('five times: every job comes to an honest end, nothing is lost, doubled or left behind', {
    timeout: testTimeoutMs,
  }, async () => {
    const [pullRef, both, count, hang] = [
      await pushHeavy('kill'),
      image('both'),
      image('count'),
      image('hang'),
    ]

    // Before anything is done for it.
    const accepted = await api.start({ ref: both })
    await restart('SIGKILL')

    // While the engine pulls.
    const pulling = await api.start({ ref: pullRef })
    await api.until(pulling, (run) => phases(run).some((phase) => phase !== 'queued' && phase !== 'waiting'))
    await restart('SIGKILL')

    // While programs write, and one job is over already.
    const children = [buildRunImage('exit', 'amd64'), buildRunImage('count', 'ppc64le')]
    const repository = openRepository(world.lab.registry('open'), 'lab/half')
    await repository.push(buildIndex({ children }), 'latest')
    const half = await api.start({ ref: repository.registry.reference('lab/half', 'latest') })
    const writing = await api.start({ ref: count, removeImages: true })
    const before = await api.until(half, (run) => phases(run).includes('finished') && isUnderWay(run))
    await api.until(writing, isUnderWay)
    await restart('SIGKILL')

    // Right after it was told to cancel one, with another hanging; then in the middle of taking them up.
    const cancelled = await api.start({ ref: image('stubborn') })
    const hanging = await api.start({ ref: hang, profile: { timeoutMs: 1_500 } })
    await api.until(cancelled, isUnderWay)
    const cancelling = api.cancel(cancelled).catch(() => {})
    await expect.poll(() => countStored().runsToCancel, { interval: 5 }).toBe(1)
    await restart('SIGKILL')
    await cancelling
    await restart('SIGKILL')

    const ids = [accepted, pulling, half, writing, cancelled, hanging]
    const runs = await Promise.all(ids.map((id) => api.untilOver(id)))
    const told = runs.map((run) => [run.state, ...run.jobs.map((job) => job.ending?.reason)].join(' '))
    expect(told).toEqual([
      'finished as-expected as-expected',
      'finished as-expected as-expected',
      'finished exit-code as-expected',
      'finished as-expected as-expected',
      'cancelled  ',
      'finished timed-out timed-out',
    ])
    // What was over before a kill is what it was.
    const kept = ({ jobs: [job] }: Pick<RunDto, 'jobs'>) => [job?.execution, job?.steps, job?.findings]
    expect(kept(runs[2] ?? { jobs: [] })).toEqual(kept(before))
    for (const { output } of runs[3]?.jobs.flatMap((job) => job.execution ?? []) ?? []) {
      expect(output).toBe(Array.from({ length: 100 }, (_, at) => `line ${at + 1}\n`).join(''))
    }
    for (const id of ids) expect(await api.report(id)).toMatchObject({ id, jobs: [{}, {}] })
    const stored = { runs: 6, runsNotOver: 0, runsToCancel: 1, reports: 6, jobs: 12, jobsWithoutResult: 0 }
    expect(countStored()).toEqual(stored)
    await expect.poll(() => world.containers()).toEqual([])
    // A run that was to leave no image left none, though another server had brought them.
    const images = await world.labEngine.docker(
      'images',
      '--digests',
      '--format',
      '{{.Repository}} {{.Digest}}',
    )
    for (const { digest } of runs[3]?.jobs ?? []) expect(images).not.toContain(`lab/run ${digest}`)
  })

  test('over and over in the same job: it is given up, and said so', { timeout: testTimeoutMs }, async () => {
    const id = await api.start({ ref: image('hang'), platforms: ['amd64'], profile: { timeoutMs: 60_000 } })
    for (let kill = 0; kill < 3; kill++) {
      await api.until(id, isUnderWay)
      await restart('SIGKILL')
    }
    const run = await api.untilOver(id)
    expect(run).toMatchObject({ state: 'finished', verdict: 'inconclusive' })
    expect(run.jobs).toMatchObject([{ ending: { reason: 'interrupted' }, text: expect.any(String) }])
    await expect.poll(() => world.containers()).toEqual([])
  })

  test('a stop in good order leaves no container, and goes on where it was', {
    timeout: testTimeoutMs,
  }, async () => {
    const id = await api.start({ ref: image('count') })
    await api.until(id, isUnderWay)
    const stoppedMs = performance.now()
    await server.stop('SIGTERM')
    expect(performance.now() - stoppedMs).toBeLessThan(PATIENCE_MS)
    expect(await world.containers()).toEqual([])
    await start()
    expect(await api.untilOver(id)).toMatchObject({ state: 'finished', verdict: 'passed' })
  })

  test('an engine that was gone while the server was killed is swept when it is back', {
    timeout: testTimeoutMs,
  }, async () => {
    const id = await api.start({ ref: image('hang'), profile: { timeoutMs: 60_000 } })
    await api.until(id, isUnderWay)
    await server.stop('SIGKILL')
    await world.labEngine.halt()
    await start()
    const run = await api.untilOver(id)
    expect(run.jobs.map((job) => `${job.verdict} ${job.ending?.reason}`)).toEqual([
      'skipped no-engine',
      'skipped no-engine',
    ])
    await world.labEngine.start()
    const again = await api.start({ ref: image('both') })
    expect((await api.untilOver(again)).jobs.map((job) => `${job.verdict} ${job.text}`)).toEqual([
      'passed Ran to its end with exit code 0, as expected.',
      'passed Ran to its end with exit code 0, as expected.',
    ])
    expect(await world.containers()).toEqual([])
  })
})
