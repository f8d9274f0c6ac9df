import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { startEngineWorld } from './engine-world.ts'
import { type RunApi, runApi } from './run-api.ts'
import { LEAVING_REPOSITORY, STORM_PLATFORMS, type StormKind, stormKinds } from './storm-jobs.ts'

/** What a storm is made of. */
export interface StormOptions {
  readonly kills: number
  /** The same seed makes the same storm, as far as a machine does the same twice. */
  readonly seed: number
}

/** What came of a storm. Everything that must not be is a line in `faults`. */
export interface Storm {
  readonly kills: { readonly server: number; readonly engine: number }
  readonly runs: number
  readonly jobs: number
  /** How often jobs ended so: `program passed as-expected`. */
  readonly endings: Readonly<Record<string, number>>
  /** The fewest jobs that were in flight when something was killed. */
  readonly fewestInFlight: number
  readonly faults: readonly string[]
}

const JOBS_AT_ONCE = 8
const OVER_WITHIN_MS = 240_000
const CLEAN_WITHIN_MS = 30_000
/** Between two kills; jobs come to their end in it, and others take their place. */
const LONGEST_CALM_MS = 4_000
/** From full places to the kill. */
const LONGEST_WAIT_MS = 500
const WAITING = 4

/**
 * Kills (-9) the server or the engine at random moments with eight jobs in flight, starts it again, and goes on until all
 * runs are over. Then nothing may be lost, doubled or left behind, and no image blamed. Layers are checked all the while;
 * programs, services with helpers, repetitions on other processors, images with files and images that leave take turns.
 */
export async function stormOfKills({ kills, seed }: StormOptions): Promise<Storm> {
  await using world = await startEngineWorld()
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-storm-'))
  const random = randomFrom(seed)
  const start = () =>
    startDashboard({
      dataDir,
      env: { DOCKER_HOST: world.labEngine.dockerHost, ARCHWAY_JOBS: String(JOBS_AT_ONCE) },
    })
  let server: RunningDashboard = await start()
  let api = runApi(server.url)
  const kinds = stormKinds(world)
  const begun = new Map<string, StormKind>()
  const overBefore = new Map<string, string>()
  const killed = { server: 0, engine: 0 }
  const inFlight: number[] = []
  try {
    for (let kill = 0; kill < kills; kill++) {
      await fill(api, begun, kinds, random)
      await sleep(random() * LONGEST_CALM_MS)
      await fill(api, begun, kinds, random)
      await sleep(random() * LONGEST_WAIT_MS)
      const open = await look(api, begun, overBefore)
      inFlight.push(open.flatMap(({ jobs }) => jobs.filter(({ state }) => state !== 'finished')).length)
      // Both in turn, whatever the dice say of the moment.
      const isEngine = kill % 2 === 1
      if (isEngine) {
        killed.engine++
        process.kill(world.labEngine.pid, 'SIGKILL')
        while (world.labEngine.running) await sleep(10)
        await sleep(random() * 1_000)
        await world.labEngine.start()
      } else {
        killed.server++
        await server.stop('SIGKILL')
        server = await start()
        api = runApi(server.url)
      }
    }
    const runs = await untilAllOver(api, [...begun.keys()])
    const faults = [...faultsOf(runs, begun, overBefore), ...storedFaults(dataDir, begun.size)]
    faults.push(...(await leftBehind((...args) => world.labEngine.docker(...args))))
    const endings: Record<string, number> = {}
    for (const { id, jobs } of runs)
      for (const { verdict, ending } of jobs) {
        const name = `${begun.get(id)?.name} ${verdict} ${ending?.reason}`
        endings[name] = (endings[name] ?? 0) + 1
      }
    const jobs = runs.length * STORM_PLATFORMS.length
    return { kills: killed, runs: runs.length, jobs, endings, fewestInFlight: Math.min(...inFlight), faults }
  } finally {
    await server.stop('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Starts runs until all places are taken, and some jobs wait for one that ends. */
async function fill(
  api: RunApi,
  begun: Map<string, StormKind>,
  kinds: readonly StormKind[],
  random: () => number,
): Promise<void> {
  const runs = await latest(api, begun)
  const open = runs.flatMap(({ jobs }) => jobs.filter(({ state }) => state !== 'finished'))
  for (let at = open.length; at < JOBS_AT_ONCE + WAITING; at += STORM_PLATFORMS.length) {
    const kind = kinds[begun.size % kinds.length]
    if (kind === undefined) throw new Error('there are no kinds')
    begun.set(await api.start({ platforms: STORM_PLATFORMS, ...(await kind.ask(random)) }), kind)
  }
}

/** Those that may be open: runs are worked on in turns, and older ones are over. */
function latest(api: RunApi, begun: ReadonlyMap<string, StormKind>): Promise<RunDto[]> {
  return Promise.all([...begun.keys()].slice(-JOBS_AT_ONCE * 3).map((id) => api.get(id)))
}

/** The runs that are open; what is over is noted, for it must stay. */
async function look(
  api: RunApi,
  begun: ReadonlyMap<string, StormKind>,
  over: Map<string, string>,
): Promise<RunDto[]> {
  const runs = await latest(api, begun)
  for (const { id, jobs } of runs) for (const job of jobs) noteOver(over, id, job)
  return runs.filter(({ state }) => state !== 'finished')
}

function noteOver(over: Map<string, string>, id: string, job: RunDto['jobs'][number]): void {
  if (job.state === 'finished') over.set(`${id} ${job.platform}`, trace(job))
}

function trace({ verdict, ending, execution, steps }: RunDto['jobs'][number]): string {
  return JSON.stringify([verdict, ending, execution, steps])
}

async function untilAllOver(api: RunApi, ids: readonly string[]): Promise<RunDto[]> {
  const deadline = Date.now() + OVER_WITHIN_MS
  while (true) {
    const runs = await Promise.all(ids.map((id) => api.get(id)))
    if (runs.every(({ state }) => state === 'finished') || Date.now() > deadline) return runs
    await sleep(200)
  }
}

function faultsOf(
  runs: readonly RunDto[],
  begun: ReadonlyMap<string, StormKind>,
  overBefore: ReadonlyMap<string, string>,
): string[] {
  return runs.flatMap((run) => {
    const where = (platform: string) => `${run.id} ${platform}`
    if (run.state !== 'finished') return [`${run.id} is ${run.state}`]
    return run.jobs.flatMap((job) => {
      const before = overBefore.get(where(job.platform))
      const kind = begun.get(run.id)
      const missing = job.verdict === 'passed' ? kind?.missing(run, job) : undefined
      return [
        ...(before !== undefined && before !== trace(job)
          ? [`${where(job.platform)} was over and changed`]
          : []),
        ...(job.verdict === 'failed'
          ? [`${where(job.platform)} blames the image (${kind?.name}): ${job.text}`]
          : []),
        ...(missing ? [`${where(job.platform)} passed (${kind?.name}) without ${missing}`] : []),
      ]
    })
  })
}

/** Runs that passed with no word on what looked at their layers. */
const UNCHECKED = `SELECT count(*) n FROM runs JOIN reports ON run_id = id
  WHERE verdict = 'passed' AND json_extract(report, '$.checked') IS NULL`

/** One row of everything, read from the store itself. */
function storedFaults(dataDir: string, runs: number): string[] {
  const db = new DatabaseSync(path.join(dataDir, 'archway.db'), { readOnly: true })
  const expected = [
    ['SELECT count(*) n FROM runs', runs],
    ['SELECT count(*) n FROM reports', runs],
    ['SELECT count(*) n FROM jobs', runs * STORM_PLATFORMS.length],
    ['SELECT count(*) n FROM jobs WHERE job IS NULL', 0],
    [UNCHECKED, 0],
    ['SELECT count(*) n FROM owed_images', 0],
  ] as const
  const faults = expected.flatMap(([sql, n]) => {
    const found = Number(db.prepare(sql).get()?.n)
    return found === n ? [] : [`${sql}: ${found}, not ${n}`]
  })
  db.close()
  return faults
}

/** Containers, volumes, networks, images with files, and images that were to leave, that are still there after a while. */
async function leftBehind(docker: (...args: readonly string[]) => Promise<string>): Promise<string[]> {
  const lists = [
    ['ps', '--all', '--format', '{{.Names}}'],
    ['volume', 'ls', '--quiet'],
    ['network', 'ls', '--filter', 'type=custom', '--quiet'],
    ['images', '--all', '--filter', 'label=archway.lease-until', '--quiet'],
    [
      'images',
      '--all',
      '--filter',
      `reference=*/${LEAVING_REPOSITORY}`,
      '--format',
      '{{.Repository}}@{{.Digest}}',
    ],
  ] as const
  const deadline = Date.now() + CLEAN_WITHIN_MS
  while (true) {
    const left: string[] = []
    for (const list of lists) {
      const names = (await docker(...list)).split('\n').filter(Boolean)
      left.push(...names.map((name) => `docker ${list[0]}: ${name} is left`))
    }
    if (left.length === 0 || Date.now() > deadline) return left
    await sleep(500)
  }
}

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
