import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { ProbeMemory } from '#lib/service/run/engine-pool.ts'

/** An emulator may be gone after a restart of its machine; a run then says so. */
const VALID_MS = 24 * 3_600_000

const schema = z.record(
  z.string(),
  z.object({
    atMs: z.number(),
    platforms: z.array(z.object({ platform: z.string(), mode: z.enum(['native', 'emulated']) })),
  }),
)

/** What engines were found able to run, in a file of the cache folder. A file that cannot be used counts as empty. */
export function openProbeFile(cacheDir: string, now: () => Date): ProbeMemory {
  const file = path.join(cacheDir, 'engines.json')
  const fresh = (): z.infer<typeof schema> =>
    Object.fromEntries(Object.entries(read(file)).filter(([, { atMs }]) => now().getTime() - atMs < VALID_MS))
  return {
    get: (key) => fresh()[key]?.platforms,
    put(key, platforms) {
      const able = platforms.flatMap(({ platform, mode }) => (mode === 'cannot' ? [] : [{ platform, mode }]))
      const kept = fresh()
      // What was known stays as old as it is: only a probe makes it younger.
      if (kept[key]?.platforms.length === able.length) return
      write(file, { ...kept, [key]: { atMs: now().getTime(), platforms: able } })
    },
  }
}

function read(file: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}

function write(file: string, value: z.infer<typeof schema>): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, JSON.stringify(value))
    renameSync(draft, file)
  } catch {
    // A cache that cannot be written costs a probe the next time, no more.
  }
}
