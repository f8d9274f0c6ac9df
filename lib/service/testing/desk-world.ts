import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { InProcessQueue } from '#lib/queue/in-process-queue.ts'
import { openStore, type Store } from '#lib/store/store.ts'
import type { DeskContext } from '../run/desk-context.ts'
import { RunDesk } from '../run/run-desk.ts'
import { RunWorld } from './run-world.ts'

/** A server without its doors: the fake engine and registry, a real store in a temporary folder, and a desk. */
export interface DeskWorld extends AsyncDisposable {
  readonly world: RunWorld
  readonly dataDir: string
  readonly context: DeskContext
  /** Faults that the desk told. */
  readonly faults: unknown[]
  /** Another server over the same folder, as after a stop of whatever kind; it has not recovered yet. */
  restart(): Promise<DeskContext>
  /** Waits until a run is over and answers it. */
  over(context: DeskContext, id: string): Promise<void>
}

/** Starts it all. `world` may be filled before, or later. */
export async function startDeskWorld(world = new RunWorld(), bound = 4): Promise<DeskWorld> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'archway-desk-'))
  const opened: Store[] = []
  const faults: unknown[] = []
  const open = async (): Promise<DeskContext> => {
    const store = await openStore(dataDir)
    opened.push(store)
    const context = { ...world.context, store }
    const onFault = (error: unknown) => void faults.push(error)
    return { ...context, desk: new RunDesk({ context, queue: new InProcessQueue(bound), onFault }) }
  }
  return {
    world,
    dataDir,
    context: await open(),
    faults,
    restart: open,
    async over({ desk, store }, id) {
      while (true) {
        const live = desk.live(id)
        const stored = await store.runs.get(id)
        if (live === undefined && stored && stored.state !== 'queued' && stored.state !== 'running') return
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((store) => store.close()))
      rmSync(dataDir, { recursive: true })
    },
  }
}
