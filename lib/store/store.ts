import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { AppError } from '#lib/errors/app-error.ts'
import { EngineProbes } from './engine-probes.ts'
import { readInstanceId } from './instance-id.ts'
import { MIGRATIONS } from './migrations.ts'
import { OwedImages } from './owed-images.ts'
import { Reports } from './reports.ts'
import { RepositoryShelf } from './repository-shelf.ts'
import { RunHistory } from './run-history.ts'
import { Runs } from './runs.ts'
import type { Schema } from './schema.ts'
import { Shares } from './shares.ts'
import { openSqlite } from './sqlite-database.ts'

/** What must outlast the process, one aggregate a member. */
export interface Store {
  /** Names the Archway of this data folder, the same after every start. */
  readonly instance: string
  readonly repositories: RepositoryShelf
  readonly engineProbes: EngineProbes
  readonly runs: Runs
  readonly owedImages: OwedImages
  readonly history: RunHistory
  readonly reports: Reports
  readonly shares: Shares
  close(): Promise<void>
}

/**
 * Opens the store in a data folder and brings it up to date. Throws `store_unavailable`, saying what to do; a file
 * that cannot be read is never deleted.
 */
export async function openStore(dataDir: string): Promise<Store> {
  const db = openOrExplain(dataDir)
  try {
    await migrate(db, dataDir)
    return {
      instance: await readInstanceId(db),
      repositories: new RepositoryShelf(db),
      engineProbes: new EngineProbes(db),
      runs: new Runs(db),
      owedImages: new OwedImages(db),
      history: new RunHistory(db),
      reports: new Reports(db),
      shares: new Shares(db),
      close: () => db.destroy(),
    }
  } catch (error) {
    await db.destroy()
    throw explain(error, dataDir)
  }
}

function openOrExplain(dataDir: string): Kysely<Schema> {
  try {
    return openSqlite(dataDir)
  } catch (error) {
    throw explain(error, dataDir)
  }
}

async function migrate(db: Kysely<Schema>, dataDir: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  const isNewer = error instanceof Error && error.message.includes('previously executed migration')
  if (!isNewer) throw error
  throw new AppError('store_unavailable', `The data in ${dataDir} was written by a newer Archway.`, {
    hint: 'Start that version again, or set ARCHWAY_DATA to another folder.',
    cause: error,
  })
}

function explain(error: unknown, dataDir: string): AppError {
  if (error instanceof AppError) return error
  const message = error instanceof Error ? error.message : String(error)
  const isDamaged = /not a database|malformed|corrupt/i.test(message)
  return new AppError(
    'store_unavailable',
    isDamaged
      ? `The file archway.db in ${dataDir} is damaged.`
      : `The data folder ${dataDir} cannot be used.`,
    {
      hint: isDamaged
        ? 'Restore it from a backup, or move it away: Archway then starts with an empty one.'
        : 'Make it writable for this user, free some disk, or set ARCHWAY_DATA to another folder.',
      operatorDetail: message,
      cause: error,
    },
  )
}
