import { statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { treeMemoryBytes, watchTreeMemory } from '#e2e/lab/process-tree.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { LayerReader } from '#lib/reader/layer-reader.ts'
import type { ReadRound } from './read-layer.ts'

// One round of `read-layer.ts`: a process that reads one layer with an empty cache, then again from disk.

const [layer = '', digest = '', cacheDir = ''] = process.argv.slice(2)
const projectRoot = path.resolve(import.meta.dirname, '..')
const openReader = () =>
  new LayerReader({ projectRoot, cacheDir, cacheMaxBytes: 1 << 28, now: () => new Date() })
const request = { digest: digest as Digest, sizeBytes: statSync(layer).size }

/** As a layout gives its blobs. */
async function* chunks(): AsyncGenerator<Uint8Array> {
  const file = await open(layer)
  const buffer = new Uint8Array(1 << 18)
  for (let read = await file.read(buffer); read.bytesRead > 0; read = await file.read(buffer)) {
    yield buffer.subarray(0, read.bytesRead)
  }
  await file.close()
}

const idleBytes = treeMemoryBytes(process.pid)
const memory = watchTreeMemory(process.pid)
const reader = openReader()
const startMs = performance.now()
const { entries, databases } = await reader.read(request, chunks)
const readMs = performance.now() - startMs
const highestBytes = memory.stop()
await reader.close()

const again = openReader()
const againMs = performance.now()
await again.read(request, () => {
  throw new Error('it should have been kept')
})
const round: ReadRound = {
  ms: readMs,
  warmMs: performance.now() - againMs,
  entries: entries.length,
  elfFiles: entries.filter(({ program }) => program?.kind === 'elf').length,
  packages: databases.reduce((sum, { packages }) => sum + packages.length, 0),
  idleBytes,
  highestBytes,
}
await again.close()
process.send?.(round)
process.disconnect?.()
