import path from 'node:path'
import { readCaFiles } from '#lib/config/ca-files.ts'
import { thisPlace } from '#lib/config/place.ts'
import { parseSettings } from '#lib/config/settings.ts'
import type { ServiceContext } from '#lib/service/context.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import { openSources } from '#lib/source/open-sources.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')

/**
 * Runs a verb in this process: no server, no store, the same settings and the same cache on disk. The command line
 * serves its own user, so private registries are allowed and a layout may lie anywhere the user can read.
 */
export async function withLocalContext<T>(work: (context: ServiceContext) => Promise<T>): Promise<T> {
  const settings = parseSettings(process.env, thisPlace(PROJECT_ROOT))
  const now = () => new Date()
  const sources = openSources({
    ...settings,
    servesLoopbackOnly: true,
    caCertificates: await readCaFiles(settings.caFiles),
    layoutRoots: ['/'],
    layoutBaseDir: process.cwd(),
    helperEnvironment: process.env,
    now,
  })
  try {
    return await work({ openSource: sources.open, listings: new TagListings(sources.open, now), now })
  } finally {
    await sources.close()
  }
}
