import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { treeMemoryBytes, watchTreeMemory } from '#e2e/lab/process-tree.ts'
import { type DiffResponse, diffResponse } from '#lib/api/diff.ts'
import { median } from './median.ts'
import type { Measurement } from './report.ts'
import { type SeededSystems, seedSystems } from './seed-systems.ts'
import { milliseconds, timed } from './validate-image.ts'

/** Each is done this often, taking turns; the median counts. */
const ROUNDS = 5
/** A cold comparison may take this much of what only downloads, or this much of what only lists, if that is more. */
const COLD_BOUND = 1.2
const LIST_SHARE = 1.4
const WARM_ROUNDS = 5
const run = promisify(execFile)

/**
 * The difference of two whole systems through the API, from a loopback registry and from what is remembered, against
 * `skopeo copy` of each into a folder, which only downloads, and `tar tzf` of one.
 */
export async function benchDiff(): Promise<Measurement[] | undefined> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-bench-diff-'))
  try {
    await using lab = await startLab({ registries: ['open'] })
    const systems = await seedSystems(lab.registry('open'), folder)
    if (systems === undefined) return undefined
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push(await measureRound(systems, path.join(folder, `round${round}`)))
    return measurements(rounds)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Round {
  readonly copyMs: { readonly amd64: number; readonly ppc64le: number; readonly both: number }
  readonly listMs: number
  readonly coldMs: number
  readonly warmMs: number
  readonly restartedMs: number
  readonly idleBytes: number
  readonly highestBytes: number
  readonly paths: number
}

async function measureRound({ reference, layers }: SeededSystems, dir: string): Promise<Round> {
  const copy = (architecture: string) =>
    run('skopeo', [
      'copy',
      '--src-tls-verify=false',
      `--override-arch=${architecture}`,
      `docker://${reference}`,
      `dir:${path.join(dir, architecture)}`,
    ])
  const copied = async (work: () => Promise<unknown>) => {
    await run('mkdir', ['-p', dir])
    const ms = await timed(work)
    await rm(dir, { recursive: true })
    return ms
  }
  const copyMs = {
    amd64: await copied(() => copy('amd64')),
    ppc64le: await copied(() => copy('ppc64le')),
    both: await copied(() => Promise.all([copy('amd64'), copy('ppc64le')])),
  }
  const listMs = await timed(() => run('tar', ['tzf', layers.ppc64le], { maxBuffer: 64 << 20 }))
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-bench-'))
  try {
    let paths = 0
    const first = await startDashboard({ dataDir })
    const read = await (async () => {
      try {
        await fetch(`${first.url}/api/health`)
        const idleBytes = treeMemoryBytes(first.pid)
        const memory = watchTreeMemory(first.pid)
        const coldMs = await timed(async () => {
          paths = pathsOf(await ask(first, reference))
        })
        const highestBytes = memory.stop()
        const warm: number[] = []
        for (let at = 0; at < WARM_ROUNDS; at++) warm.push(await timed(() => ask(first, reference)))
        return { coldMs, idleBytes, highestBytes, warmMs: median(warm) }
      } finally {
        await first.stop()
      }
    })()
    await using again = await startDashboard({ dataDir })
    await fetch(`${again.url}/api/health`)
    const restartedMs = await timed(() => ask(again, reference))
    return { copyMs, listMs, restartedMs, paths, ...read }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function ask({ url }: RunningDashboard, reference: string): Promise<DiffResponse> {
  const query = new URLSearchParams({ from: reference, fromPlatform: 'amd64', toPlatform: 'ppc64le' })
  const answer = (await (await fetch(`${url}/api/v1/diff?${query}`)).json()) as DiffResponse
  if (!answer.complete)
    throw new Error(JSON.stringify(diffResponse.safeParse(answer).error ?? answer.summary))
  return answer
}

function pathsOf({ from, to }: DiffResponse): number {
  return [from, to].reduce((sum, { layers = [] }) => sum + (layers[0]?.entries ?? 0), 0)
}

function measurements(rounds: readonly Round[]): Measurement[] {
  const middle = (of: (round: Round) => number) => median(rounds.map(of))
  const copyMs = middle((round) => Math.max(round.copyMs.amd64, round.copyMs.ppc64le))
  const listMs = middle((round) => round.listMs)
  const largerMs = Math.max(copyMs, LIST_SHARE * listMs)
  const coldMs = middle((round) => round.coldMs)
  const warmMs = middle((round) => round.warmMs)
  const memory = middle(({ idleBytes, highestBytes }) => highestBytes - idleBytes)
  const paths = rounds[0]?.paths.toLocaleString('en')
  return [
    {
      what: 'skopeo copy of the amd64 image into a folder',
      value: milliseconds(middle((round) => round.copyMs.amd64)),
    },
    {
      what: 'skopeo copy of the ppc64le image into a folder',
      value: milliseconds(middle((round) => round.copyMs.ppc64le)),
    },
    { what: 'both skopeo copies at once', value: milliseconds(middle((round) => round.copyMs.both)) },
    { what: 'tar tzf of the ppc64le layer, from disk', value: milliseconds(listMs) },
    {
      what: `GET /api/v1/diff of both, cold: ${paths} paths, every file hashed`,
      value: milliseconds(coldMs),
    },
    { what: 'cold against the longer skopeo copy alone', value: ratio(coldMs, copyMs) },
    { what: 'cold against tar tzf of one alone', value: ratio(coldMs, listMs) },
    {
      what: `cold against the larger of skopeo copy and ${LIST_SHARE} × tar tzf of one, ${milliseconds(largerMs)}`,
      value: ratio(coldMs, largerMs),
      bound: `at most ${COLD_BOUND}×`,
      holds: coldMs <= COLD_BOUND * largerMs,
    },
    {
      what: 'the same again, warm',
      value: milliseconds(warmMs),
      bound: 'at most 300 ms',
      holds: warmMs <= 300,
    },
    { what: 'the first after a restart', value: milliseconds(middle((round) => round.restartedMs)) },
    {
      what: 'process tree, above idle while both layers are read',
      value: megabytes(memory),
      bound: 'at most 300 MB',
      holds: memory <= 300e6,
    },
    {
      what: 'process tree, highest',
      value: megabytes(Math.max(...rounds.map((round) => round.highestBytes))),
    },
  ]
}

const ratio = (a: number, b: number) => `${(a / b).toFixed(2)}×`
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
