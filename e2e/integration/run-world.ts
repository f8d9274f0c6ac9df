import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
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
import { openSources } from '#lib/source/open-sources.ts'
import { type EngineWorld, startEngineWorld } from './engine-world.ts'

const projectRoot = path.resolve(import.meta.dirname, '../..')

/** Everything real: a registry, an engine with emulators, and the verb that validates. */
export interface RunWorld extends AsyncDisposable {
  readonly engines: EngineWorld
  /** Asked again, it probes nothing that it knows. */
  readonly context: RunContext
  /** Validates; `events` are kept when given. */
  validate(request: RunRequest, options?: Partial<JobOptions> & { events?: RunEvent[] }): Promise<Report>
}

/** Starts it all; one for each test file. */
export async function startRunWorld(): Promise<RunWorld> {
  const stack = new AsyncDisposableStack()
  const engines = stack.use(await startEngineWorld())
  const home = await mkdtemp(path.join(os.tmpdir(), 'archway-run-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  const now = () => new Date()
  const sources = openSources({
    servesLoopbackOnly: true,
    allowHosts: [],
    insecureRegistries: [],
    caCertificates: [],
    proxy: { https: undefined, http: undefined, noProxy: undefined },
    dockerConfigDir: home,
    helperEnvironment: {},
    layoutRoots: [projectRoot],
    layoutBaseDir: projectRoot,
    cacheDir: undefined,
    cacheMaxBytes: 64 << 20,
    now,
  })
  stack.defer(() => sources.close())
  const sample = sources.open({ kind: 'layout', path: 'samples/multiarch-app' })
  const pool = new EnginePool({
    engines: [{ name: 'lab', foundBy: 'DOCKER_HOST', engine: engines.engine }],
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
    engines,
    context,
    validate: (request, { events, ...options } = {}) =>
      runImage(context, request, { runId: 'test', emit: (event) => void events?.push(event), ...options }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
