import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { startDashboard } from '#e2e/lab/dashboard.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { treeMemoryBytes, watchTreeMemory } from '#e2e/lab/process-tree.ts'
import { seedMany } from '#e2e/lab/seed-many.ts'
import type { TagsResponse } from '#lib/api/tags.ts'
import { median } from './median.ts'
import type { Measurement } from './report.ts'

const TAGS = 1_000
const IN_FLIGHT = 16
/** Each is done this often, taking turns; the median counts. */
const ROUNDS = 5
/** skopeo starts a process a tag: this many tell the pace of all. */
const SKOPEO_TAGS = 100
const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/** Resolving 1,000 tags through the API against a bare loop and against skopeo; a second opening; memory. */
export async function benchResolvingTags(): Promise<Measurement[]> {
  await using lab = await startLab({ registries: ['open'] })
  const registry = lab.registry('open')
  const { repository, reference, tags } = await seedMany(registry, { count: TAGS })
  const names = tags.map((entry) => entry.tag)

  const bare: number[] = []
  const cold: number[] = []
  const second: number[] = []
  const afterRestart: number[] = []
  const idle: number[] = []
  const busy: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await timed(() => bareLoop(registry.url, repository, names)))
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-bench-'))
    try {
      const first = await startDashboard({ dataDir })
      try {
        await fetch(`${first.url}/api/health`)
        await new Promise((resolve) => setTimeout(resolve, 1_000))
        idle.push(treeMemoryBytes(first.pid))
        const memory = watchTreeMemory(first.pid)
        cold.push(await timed(() => askAll(first.url, reference)))
        busy.push(memory.stop())
        second.push(await timed(() => askAll(first.url, reference)))
      } finally {
        await first.stop()
      }
      await using again = await startDashboard({ dataDir })
      await fetch(`${again.url}/api/health`)
      afterRestart.push(await timed(() => askAll(again.url, reference)))
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  }
  const skopeo =
    (await timed(() => skopeoLoop(reference, names.slice(0, SKOPEO_TAGS)))) * (TAGS / SKOPEO_TAGS)
  const coldMs = median(cold)
  return [
    { what: `bare Node loop, ${TAGS} index GETs, ${IN_FLIGHT} in flight`, value: ms(median(bare)) },
    { what: `skopeo inspect --raw, ${TAGS} times (paced by ${SKOPEO_TAGS})`, value: ms(skopeo) },
    { what: `GET /api/v1/tags, ${TAGS} tags cold`, value: ms(coldMs) },
    {
      what: 'cold against the bare loop',
      value: ratio(coldMs, median(bare)),
      bound: 'at most 2×',
      holds: coldMs <= 2 * median(bare),
    },
    {
      what: 'skopeo against cold',
      value: ratio(skopeo, coldMs),
      bound: 'at least 5×',
      holds: skopeo >= 5 * coldMs,
    },
    {
      what: 'second opening, complete',
      value: ms(median(second)),
      bound: 'at most 300 ms',
      holds: median(second) <= 300,
    },
    { what: 'first opening after a restart, complete', value: ms(median(afterRestart)) },
    {
      what: 'process tree, idle',
      value: mb(median(idle)),
      bound: 'at most 250 MB',
      holds: median(idle) <= 250e6,
    },
    {
      what: 'process tree, highest while resolving',
      value: mb(Math.max(...busy)),
      bound: 'at most 400 MB',
      holds: Math.max(...busy) <= 400e6,
    },
  ]
}

async function askAll(url: string, reference: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/tags?repository=${encodeURIComponent(reference)}&limit=${TAGS}`)
  const answer = (await response.json()) as TagsResponse
  const resolved = answer.tags.filter((tag) => tag.state === 'resolved').length
  if (!answer.complete || resolved !== TAGS) throw new Error(`only ${resolved} of ${TAGS} tags were resolved`)
}

/** The least a client can do for the same answer: get each index and read it. */
async function bareLoop(url: string, repository: string, names: readonly string[]): Promise<void> {
  const iterator = names.values()
  const worker = async () => {
    for (const name of iterator) {
      const response = await fetch(`${url}/v2/${repository}/manifests/${name}`, {
        headers: { accept: ACCEPT },
      })
      const index = (await response.json()) as { manifests?: unknown[] }
      if (!index.manifests) throw new Error(`${name} is no index`)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
}

async function skopeoLoop(reference: string, names: readonly string[]): Promise<void> {
  const run = promisify(execFile)
  for (const name of names) {
    await run('skopeo', ['inspect', '--raw', '--tls-verify=false', `docker://${reference}:${name}`])
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`
const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
const ratio = (a: number, b: number) => `${(a / b).toFixed(2)}×`
