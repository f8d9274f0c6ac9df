import { execFile, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Measurement } from './report.ts'
import { systemLayer } from './system-layer.ts'

const ROUNDS = 5
const run = promisify(execFile)

/** What the reading process tells of one round. */
export interface ReadRound {
  readonly ms: number
  readonly warmMs: number
  readonly entries: number
  readonly elfFiles: number
  readonly packages: number
  readonly idleBytes: number
  readonly highestBytes: number
}

/**
 * Facts of a gzip layer that holds a whole Debian system for POWER, against `tar tzf` on the same file, taking turns.
 * Each round is a process of its own with an empty cache. Undefined where mmdebstrap is not here to make the layer.
 */
export async function benchReadingLayer(): Promise<Measurement[] | undefined> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-bench-layer-'))
  try {
    const layer = await systemLayer('ppc64el', folder)
    if (layer === undefined) return undefined
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(layer)) hash.update(chunk)
    const digest = `sha256:${hash.digest('hex')}`
    const listing: number[] = []
    const rounds: ReadRound[] = []
    for (let round = 0; round < ROUNDS; round++) {
      listing.push(await timed(() => run('tar', ['tzf', layer], { maxBuffer: 64 << 20 })))
      rounds.push(await readOnce(layer, digest, path.join(folder, `cache${round}`)))
    }
    return measurements(layer, median(listing), rounds)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function measurements(layer: string, listingMs: number, rounds: readonly ReadRound[]): Measurement[] {
  const readMs = median(rounds.map(({ ms }) => ms))
  const memory = median(rounds.map(({ idleBytes, highestBytes }) => highestBytes - idleBytes))
  const [first] = rounds
  const what = `${Math.round(statSync(layer).size / 1e6)} MB gzip layer`
  const found = `${first?.entries} entries, ${first?.elfFiles} ELF files, ${first?.packages} packages`
  return [
    { what: `tar tzf, ${what}`, value: ms(listingMs) },
    { what: `facts with the sha256 of every file: ${found}`, value: ms(readMs) },
    {
      what: 'facts against tar tzf',
      value: `${(readMs / listingMs).toFixed(2)}×`,
      bound: 'at most 0.7×',
      holds: readMs <= 0.7 * listingMs,
    },
    {
      what: 'highest memory above idle while reading',
      value: `${Math.round(memory / 1e6)} MB`,
      bound: 'at most 300 MB',
      holds: memory <= 300e6,
    },
    { what: 'the same facts from disk', value: ms(median(rounds.map(({ warmMs }) => warmMs))) },
  ]
}

/** Reads the layer in a process of its own. */
function readOnce(layer: string, digest: string, cacheDir: string): Promise<ReadRound> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'read-layer-round.ts'), [layer, digest, cacheDir])
    child.once('message', (round) => resolve(round as ReadRound))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the reading process ended with ${code}`)))
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`
