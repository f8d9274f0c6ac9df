import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { readCaFiles } from '#lib/config/ca-files.ts'
import { loadConfig } from '#lib/config/load-config.ts'
import { thisPlace } from '#lib/config/place.ts'
import { parseSettings, type Settings } from '#lib/config/settings.ts'
import { openEngines } from '#lib/engine/open-engines.ts'
import type { ProbeImage } from '#lib/engine/probe/probe-engine.ts'
import { thisMachine } from '#lib/engine/this-machine.ts'
import { LayerReader } from '#lib/reader/layer-reader.ts'
import type { ReadingContext, ServiceContext } from '#lib/service/context.ts'
import type { EnginesContext } from '#lib/service/list-engines.ts'
import { EnginePool } from '#lib/service/run/engine-pool.ts'
import { noMemory } from '#lib/service/run/probe-memory.ts'
import { readProbeImages } from '#lib/service/run/read-probe-images.ts'
import type { RunContext } from '#lib/service/run/run-context.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import { openSources, type Sources } from '#lib/source/open-sources.ts'
import manifest from '../../package.json' with { type: 'json' }
import { complain } from './output.ts'
import { safeText } from './table.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
const JOBS_AT_ONCE = 4
/** Of what the cache may hold, the share of facts about layers; manifests and configs have the rest. */
const LAYER_SHARE = 0.5
const SAMPLE = { kind: 'layout', path: path.join(PROJECT_ROOT, 'samples/multiarch-app') } as const

interface Local {
  readonly context: ServiceContext
  readonly sources: Sources
  readonly settings: Settings
}

/**
 * Runs a verb in this process: no server, no store, the same settings and the same cache on disk. The command line
 * serves its own user, so private registries are allowed and a layout may lie anywhere the user can read.
 */
export function withLocalContext<T>(work: (context: ServiceContext) => Promise<T>): Promise<T> {
  return withSources(({ context }) => work(context))
}

/** The same, with the engines that `archway.yaml` names or that are found on this machine. */
export function withRunContext<T>(work: (context: RunContext) => Promise<T>): Promise<T> {
  // One image is validated, then it is over: running it is the quickest way to find out what can be run.
  const nothing = async () => []
  return withSources((local) =>
    withLayers(local, (layers) =>
      withEngines(local, nothing, (pool, instance) =>
        work({
          ...local.context,
          listEngines: (signal) => pool.list(signal),
          noteLeft: (engine, container) => pool.noteLeft(engine, container),
          credentialFor: local.sources.credentialFor,
          instance,
          version: manifest.version,
          jobsAtOnce: JOBS_AT_ONCE,
          layers,
        }),
      ),
    ),
  )
}

/** The engines alone, each probed when it is asked. */
export function withLocalEngines<T>(work: (context: EnginesContext) => Promise<T>): Promise<T> {
  return withSources((local) => {
    const sample = local.sources.open(SAMPLE)
    return withEngines(
      local,
      (signal) => readProbeImages(sample, { signal }),
      (engines) => work({ engines }),
    )
  })
}

/** The same, able to look into layers. */
export function withReadingContext<T>(work: (context: ReadingContext) => Promise<T>): Promise<T> {
  return withSources((local) => withLayers(local, (layers) => work({ ...local.context, layers })))
}

async function withLayers<T>(
  { context, settings }: Local,
  work: (layers: LayerReader) => Promise<T>,
): Promise<T> {
  const layers = new LayerReader({
    projectRoot: PROJECT_ROOT,
    cacheDir: settings.cacheDir,
    cacheMaxBytes: settings.cacheMaxBytes * LAYER_SHARE,
    now: context.now,
  })
  try {
    return await work(layers)
  } finally {
    await layers.close()
  }
}

async function withEngines<T>(
  { context, settings, sources }: Local,
  readImages: (signal?: AbortSignal) => Promise<readonly ProbeImage[]>,
  work: (pool: EnginePool, instance: string) => Promise<T>,
): Promise<T> {
  const choice = loadConfig(settings.configFile)
  // A folder that somebody else filled may hold one, and engines are handed logins of registries.
  if (choice.file && !process.env.ARCHWAY_CONFIG && choice.engines)
    complain(`archway: engines as in ${safeText(choice.file)}`)
  const instance = `cli-${randomUUID()}`
  const pool = new EnginePool({
    ...openEngines(choice, thisMachine(process.env)),
    readProbeImages: readImages,
    readSample: (signal) => readProbeImages(sources.open(SAMPLE), { signal }),
    memory: noMemory,
    instance,
    now: context.now,
  })
  try {
    return await work(pool, instance)
  } finally {
    await pool.close()
  }
}

/** A folder that somebody else filled may hold a policy that accepts what it should not: say where it comes from. */
function readDecisions({ configFile }: Settings) {
  const { policy, profiles } = loadConfig(configFile)
  const isEmpty = policy.require.length + policy.exceptions.length + profiles.length === 0
  if (!isEmpty && !process.env.ARCHWAY_CONFIG)
    complain(`archway: requirements, exceptions and profiles as in ${safeText(configFile ?? '')}`)
  return { policy, profiles }
}

async function withSources<T>(work: (local: Local) => Promise<T>): Promise<T> {
  const settings = parseSettings(process.env, thisPlace(PROJECT_ROOT))
  const now = () => new Date()
  const sources = openSources({
    ...settings,
    cacheMaxBytes: settings.cacheMaxBytes * (1 - LAYER_SHARE),
    servesLoopbackOnly: true,
    caCertificates: await readCaFiles(settings.caFiles),
    layoutRoots: ['/'],
    layoutBaseDir: process.cwd(),
    helperEnvironment: process.env,
    now,
  })
  try {
    const context = {
      openSource: sources.open,
      listings: new TagListings(sources.open, now),
      now,
      ...readDecisions(settings),
    }
    return await work({ context, sources, settings })
  } finally {
    await sources.close()
  }
}
