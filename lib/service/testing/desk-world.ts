import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { RunDto } from '#lib/api/runs.ts'
import { InProcessQueue } from '#lib/queue/in-process-queue.ts'
import { openStore, type Store } from '#lib/store/store.ts'
import type { DeskContext } from '../run/desk-context.ts'
import { getRun } from '../run/get-run.ts'
import { RunDesk } from '../run/run-desk.ts'
import { RunWorld } from './run-world.ts'

/** A server without its doors: the fake engine and registry, a real store in a temporary folder, and a desk. */
export interface DeskWorld extends AsyncDisposable {
  readonly world: RunWorld
  readonly dataDir: string
  readonly context: DeskContext
  /** Faults that desks told. */
  readonly faults: unknown[]
  /** Another server over the same folder, as after a stop of whatever kind; it has not recovered yet. */
  restart(): Promise<DeskContext>
  /** Waits until a run is over and answers it. */
  over(id: string, context?: DeskContext): Promise<RunDto>
  /** Waits until a platform of a run is in this phase. */
  inPhase(id: string, platform: string, phase: string, context?: DeskContext): Promise<void>
}

/** Starts it all; `bound` jobs are worked on at the same time. */
export async function startDeskWorld({ bound = 4 } = {}): Promise<DeskWorld> {
  const world = new RunWorld()
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'archway-desk-'))
  const opened: { desk: RunDesk; store: Store }[] = []
  const faults: unknown[] = []
  const open = async (): Promise<DeskContext> => {
    const store = await openStore(dataDir)
    const context = { ...world.context, store }
    const onFault = (error: unknown) => void faults.push(error)
    const desk = new RunDesk({ context, queue: new InProcessQueue(bound), onFault })
    opened.push({ desk, store })
    return { ...context, desk }
  }
  const first = await open()
  return {
    world,
    dataDir,
    context: first,
    faults,
    restart: open,
    async over(id, context = first) {
      await until(async () => context.desk.live(id) === undefined && (await isOver(context, id)))
      return getRun(context, id)
    },
    async inPhase(id, platform, phase, context = first) {
      await until(async () => {
        const { jobs } = await getRun(context, id)
        return jobs.some((job) => job.platform === platform && job.phase === phase)
      })
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map(({ desk }) => desk.close()))
      await Promise.all(opened.map(({ store }) => store.close()))
      rmSync(dataDir, { recursive: true })
    },
  }
}

async function isOver({ store }: DeskContext, id: string): Promise<boolean> {
  const state = (await store.runs.get(id))?.state
  return state === 'finished' || state === 'cancelled'
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve))
}
