import 'server-only'
import { atStop } from '#lib/config/at-stop.ts'
import { readCaFiles } from '#lib/config/ca-files.ts'
import { isLoopbackHost } from '#lib/config/listen-policy.ts'
import { loadConfig } from '#lib/config/load-config.ts'
import { parseSettings } from '#lib/config/settings.ts'
import { parseRepository } from '#lib/oci/reference.ts'
import { InProcessQueue } from '#lib/queue/in-process-queue.ts'
import { LayerReader } from '#lib/reader/layer-reader.ts'
import type { ReadingContext } from '#lib/service/context.ts'
import type { EnginesContext } from '#lib/service/list-engines.ts'
import { RecentImages } from '#lib/service/recent-images.ts'
import type { DeskContext } from '#lib/service/run/desk-context.ts'
import { RunDesk } from '#lib/service/run/run-desk.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import { openSources } from '#lib/source/open-sources.ts'
import { lockDataDir } from '#lib/store/data-lock.ts'
import { openStore } from '#lib/store/store.ts'
import manifest from '../../package.json' with { type: 'json' }
import { openServerEngines } from './engines.ts'
import { keepRetention } from './keep-retention.ts'
import { tellProblem } from './tell-problem.ts'

/** What the verbs of this server get. */
type ServerContext = DeskContext &
  EnginesContext &
  ReadingContext & {
    /** Only this machine can reach it. */
    readonly servesLoopbackOnly: boolean
  }

/** Of what the cache may hold, the share of facts about layers; manifests and configs have the rest. */
const LAYER_SHARE = 0.5

/** Routes, pages and instrumentation are separate module graphs in Next: what there is one of lives here. */
const shared = globalThis as typeof globalThis & { archwayContext?: Promise<ServerContext> }

const SAMPLE = 'oci:samples/multiarch-app'

/** The context of this server, built on first use. A failure is not kept: the next call tries again. */
export function getContext(): Promise<ServerContext> {
  shared.archwayContext ??= createContext().catch((error: unknown) => {
    delete shared.archwayContext
    throw error
  })
  return shared.archwayContext
}

async function createContext(): Promise<ServerContext> {
  const settings = parseSettings(process.env)
  const { policy, profiles, retention, badges } = loadConfig(settings.configFile)
  const now = () => new Date()
  const servesLoopbackOnly = isLoopbackHost(settings.host)
  const store = await openStore(settings.dataDir)
  try {
    lockDataDir(settings.dataDir)
  } catch (error) {
    await store.close()
    throw error
  }
  const sources = openSources({
    ...settings,
    cacheMaxBytes: settings.cacheMaxBytes * (1 - LAYER_SHARE),
    servesLoopbackOnly,
    caCertificates: await readCaFiles(settings.caFiles),
    layoutBaseDir: process.cwd(),
    helperEnvironment: process.env,
    now,
  })
  const sample = sources.open(parseRepository(SAMPLE))
  const engines = openServerEngines({ settings, store, sample, now })
  const layers = new LayerReader({
    projectRoot: process.cwd(),
    cacheDir: settings.cacheDir,
    cacheMaxBytes: settings.cacheMaxBytes * LAYER_SHARE,
    now,
  })
  const context = {
    openSource: sources.open,
    layers,
    recent: new RecentImages(),
    listings: new TagListings(sources.open, now),
    now,
    policy,
    profiles,
    badges,
    store,
    engines,
    listEngines: (signal?: AbortSignal) => engines.list(signal),
    noteLeft: engines.noteLeft.bind(engines),
    visitEngines: engines.visitSoon.bind(engines),
    credentialFor: sources.credentialFor,
    instance: store.instance,
    servesLoopbackOnly,
    version: manifest.version,
    jobsAtOnce: settings.jobsAtOnce,
  }
  const desk = new RunDesk({
    context,
    queue: new InProcessQueue(settings.jobsAtOnce),
    onFault: (error, runId) => void tellProblem(error, `run ${runId}`),
  })
  atStop(() => desk.close())
  // Meeting the engines removes what a server before this one left there, also when nothing is left to run.
  if (!(await store.runs.isEmpty())) void engines.list()
  await desk.recover()
  await keepRetention(context, retention)
  return { ...context, desk }
}
