import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { readCaFiles } from '#lib/config/ca-files.ts'
import { thisPlace } from '#lib/config/place.ts'
import { parseSettings, type Settings } from '#lib/config/settings.ts'
import { LayerReader } from '#lib/reader/layer-reader.ts'
import type { ReadingContext, ServiceContext } from '#lib/service/context.ts'
import { EnginePool } from '#lib/service/run/engine-pool.ts'
import type { RunContext } from '#lib/service/run/run-context.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import { openSources, type Sources } from '#lib/source/open-sources.ts'
import manifest from '../../package.json' with { type: 'json' }
import { openLocalEngines } from './local-engines.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
const JOBS_AT_ONCE = 4
/** Of what the cache may hold, the share of facts about layers; manifests and configs have the rest. */
const LAYER_SHARE = 0.5

/**
 * Runs a verb in this process: no server, no store, the same settings and the same cache on disk. The command line
 * serves its own user, so private registries are allowed and a layout may lie anywhere the user can read.
 */
export function withLocalContext<T>(work: (context: ServiceContext) => Promise<T>): Promise<T> {
  return withSources((context) => work(context))
}

/** The same, with the engines of this machine. */
export function withRunContext<T>(work: (context: RunContext) => Promise<T>): Promise<T> {
  return withSources(async (context, sources) => {
    const instance = `cli-${randomUUID()}`
    const pool = new EnginePool({
      ...openLocalEngines(),
      // One image is validated, then it is over: running it is the quickest way to find out what can be run.
      readProbeImages: async () => [],
      memory: { get: () => undefined, put: () => {} },
      instance,
      now: context.now,
    })
    try {
      return await work({
        ...context,
        listEngines: (signal) => pool.list(signal),
        noteLeft: (engine, container) => pool.noteLeft(engine, container),
        credentialFor: sources.credentialFor,
        instance,
        version: manifest.version,
        jobsAtOnce: JOBS_AT_ONCE,
      })
    } finally {
      await pool.close()
    }
  })
}

/** The same, able to look into layers. */
export function withReadingContext<T>(work: (context: ReadingContext) => Promise<T>): Promise<T> {
  return withSources(async (context, _, settings) => {
    const layers = new LayerReader({
      projectRoot: PROJECT_ROOT,
      cacheDir: settings.cacheDir,
      cacheMaxBytes: settings.cacheMaxBytes * LAYER_SHARE,
      now: context.now,
    })
    try {
      return await work({ ...context, layers })
    } finally {
      await layers.close()
    }
  })
}

async function withSources<T>(
  work: (context: ServiceContext, sources: Sources, settings: Settings) => Promise<T>,
): Promise<T> {
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
    const context = { openSource: sources.open, listings: new TagListings(sources.open, now), now }
    return await work(context, sources, settings)
  } finally {
    await sources.close()
  }
}
