import 'server-only'
import { readCaFiles } from '#lib/config/ca-files.ts'
import { isLoopbackHost } from '#lib/config/listen-policy.ts'
import { parseSettings } from '#lib/config/settings.ts'
import { LayerReader } from '#lib/reader/layer-reader.ts'
import type { ReadingContext, StoredContext } from '#lib/service/context.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import { openSources } from '#lib/source/open-sources.ts'
import { openStore } from '#lib/store/store.ts'

/** Everything a verb may need. */
type ServerContext = StoredContext & ReadingContext

/** Of what the cache may hold, the share of facts about layers; manifests and configs have the rest. */
const LAYER_SHARE = 0.5

/** Routes, pages and instrumentation are separate module graphs in Next: what there is one of lives here. */
const shared = globalThis as typeof globalThis & { archwayContext?: Promise<ServerContext> }

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
  const now = () => new Date()
  const store = await openStore(settings.dataDir)
  const sources = openSources({
    ...settings,
    cacheMaxBytes: settings.cacheMaxBytes * (1 - LAYER_SHARE),
    servesLoopbackOnly: isLoopbackHost(settings.host),
    caCertificates: await readCaFiles(settings.caFiles),
    layoutBaseDir: process.cwd(),
    helperEnvironment: process.env,
    now,
  })
  const layers = new LayerReader({
    projectRoot: process.cwd(),
    cacheDir: settings.cacheDir,
    cacheMaxBytes: settings.cacheMaxBytes * LAYER_SHARE,
    now,
  })
  return { openSource: sources.open, listings: new TagListings(sources.open, now), now, store, layers }
}
