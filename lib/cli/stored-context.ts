import { existsSync } from 'node:fs'
import path from 'node:path'
import { loadConfig } from '#lib/config/load-config.ts'
import { thisPlace } from '#lib/config/place.ts'
import { parseSettings } from '#lib/config/settings.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { StoredContext } from '#lib/service/context.ts'
import { openStore } from '#lib/store/store.ts'
import { withLocalContext } from './local-context.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')

/**
 * Runs a verb over what the server of this data folder has kept, whether it runs now or not: readers need no lock.
 * Throws `not_found` where nothing was ever kept.
 */
export async function withStoredContext<T>(work: (context: StoredContext) => Promise<T>): Promise<T> {
  const { dataDir, configFile } = parseSettings(process.env, thisPlace(PROJECT_ROOT))
  if (!existsSync(path.join(dataDir, 'archway.db')))
    throw new AppError('not_found', `No report was ever kept in ${dataDir}.`, {
      hint: 'Name the Archway that has them with --server URL, or its data folder with ARCHWAY_DATA.',
    })
  const store = await openStore(dataDir)
  try {
    const { badges } = loadConfig(configFile)
    return await withLocalContext((context) => work({ ...context, store, badges }))
  } finally {
    await store.close()
  }
}
