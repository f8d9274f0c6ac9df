import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { LabRegistry } from '#e2e/lab/registry.ts'
import type { Engine } from '#lib/engine/engine.ts'
import type { Report } from '#lib/report/model.ts'
import { EnginePool } from '#lib/service/run/engine-pool.ts'
import type { JobOptions } from '#lib/service/run/execute-job.ts'
import type { RunRequest } from '#lib/service/run/plan-run.ts'
import { noMemory } from '#lib/service/run/probe-memory.ts'
import { readProbeImages } from '#lib/service/run/read-probe-images.ts'
import type { RunContext } from '#lib/service/run/run-context.ts'
import type { RunEvent } from '#lib/service/run/run-events.ts'
import { runImage } from '#lib/service/run/run-image.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import { openLabSources } from './lab-sources.ts'

const projectRoot = path.resolve(import.meta.dirname, '../..')

/** The verb that validates, with real sources and the engines given. */
export interface RunHouse extends AsyncDisposable {
  /** Asked again, it probes nothing that it knows. */
  readonly context: RunContext
  /** Validates; `events` are kept when given. */
  validate(request: RunRequest, options?: Partial<JobOptions> & { events?: RunEvent[] }): Promise<Report>
}

/** What a house may know beside its engines. */
export interface RunHouseOptions {
  /** Registries that `docker login` was done for. */
  readonly logins?: readonly LabRegistry[]
  /** Folders whose layouts may be read, beside the sample. */
  readonly layoutRoots?: readonly string[]
}

/** Opens it; the engines stay the caller's. */
export async function openRunHouse(
  engines: readonly Engine[],
  { logins = [], layoutRoots = [] }: RunHouseOptions = {},
): Promise<RunHouse> {
  const stack = new AsyncDisposableStack()
  const home = await mkdtemp(path.join(os.tmpdir(), 'archway-run-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  await writeLogins(home, logins)
  const now = () => new Date()
  const sources = openLabSources({
    home,
    layoutRoots: [projectRoot, ...layoutRoots],
    layoutBaseDir: projectRoot,
  })
  stack.defer(() => sources.close())
  const sample = sources.open({ kind: 'layout', path: 'samples/multiarch-app' })
  const pool = new EnginePool({
    engines: engines.map((engine) => ({ name: engine.address, foundBy: 'DOCKER_HOST', engine })),
    problems: [],
    readProbeImages: (signal) => readProbeImages(sample, { signal }),
    memory: noMemory,
    instance: 'tests',
    now,
  })
  const context: RunContext = {
    openSource: sources.open,
    listings: new TagListings(sources.open, now),
    now,
    listEngines: (signal) => pool.list(signal),
    noteLeft: (engine, container) => pool.noteLeft(engine, container),
    credentialFor: sources.credentialFor,
    instance: 'tests',
    version: '0.0.0',
    jobsAtOnce: 4,
  }
  return {
    context,
    validate: (request, { events, ...options } = {}) =>
      runImage(context, request, { runId: 'test', emit: (event) => void events?.push(event), ...options }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** As `docker login` leaves them. */
async function writeLogins(home: string, registries: readonly LabRegistry[]): Promise<void> {
  const auths = registries.map(({ host, login }) => {
    const auth = Buffer.from(`${login?.username}:${login?.password}`).toString('base64')
    return [host, { auth }] as const
  })
  await writeFile(path.join(home, 'config.json'), JSON.stringify({ auths: Object.fromEntries(auths) }))
}
