import { chmodSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import type { Schema } from './schema.ts'

/** Another process may hold the file this long before a write gives up. */
const BUSY_TIMEOUT_MS = 5_000

/**
 * Opens the store's file, made if it is not there. Every commit is on disk before it is answered
 * (`synchronous=FULL`). Throws SQLite's and the file system's own errors.
 */
export function openSqlite(dataDir: string): Kysely<Schema> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, 'archway.db')
  const db = new DatabaseSync(file)
  closeToOthers(file)
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    db.exec('PRAGMA journal_mode = WAL')
    db.exec('PRAGMA synchronous = FULL')
    db.exec('PRAGMA foreign_keys = ON')
  } catch (error) {
    db.close()
    throw error
  }
  return new Kysely<Schema>({ dialect: new LockingDialect(kyselyDatabase(db)) })
}

/** Runs keep what they were given in their environment. Beside the file SQLite makes others with the same rights. */
function closeToOthers(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch {
    // Somebody else owns it, and has decided who may read it.
  }
}

/** Transactions take the write lock when they begin: two processes then never migrate, or upgrade a read, at once. */
class LockingDialect extends SqliteDialect {
  private readonly database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    super({ database })
    this.database = database
  }

  override createDriver(): Driver {
    return new LockingDriver({ database: this.database })
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

class LockingDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** SQLite rolls changes of the schema back, too: a migration that fails leaves nothing behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** `node:sqlite` in the shape that Kysely's SQLite dialect expects. */
function kyselyDatabase(db: DatabaseSync) {
  return {
    close: () => db.close(),
    prepare(sql: string) {
      const statement = db.prepare(sql)
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
        run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
      }
    },
  }
}
