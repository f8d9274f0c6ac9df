import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Raise when the table, or the shape of what is kept in it (facts), changes: older files are then thrown away. */
const SCHEMA_VERSION = 1
/** How long one statement may wait for another process; the wait blocks this one, and a miss costs little. */
const BUSY_TIMEOUT_MS = 100
/** Opening waits longer: another process may be creating the file right now. */
const OPEN_BUSY_TIMEOUT_MS = 2_000

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY,
    used INTEGER NOT NULL,
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    content_type TEXT,
    bytes BLOB NOT NULL
  );
  CREATE INDEX IF NOT EXISTS entries_by_use ON entries (used, size);
  PRAGMA user_version = ${SCHEMA_VERSION};
`

/** An open cache file, or one in memory where no file can be used. */
export interface CacheDatabase {
  readonly db: DatabaseSync
  readonly isPersistent: boolean
}

/**
 * Opens the cache in `dir`, or in memory without one. It is only a cache: a file that is corrupt or of another schema
 * is deleted and made anew, and where no file can be made at all the cache lives in memory. Never throws.
 */
export function openCacheDatabase(dir: string | undefined): CacheDatabase {
  if (dir !== undefined) {
    const file = path.join(dir, 'cache.sqlite')
    let opened = tryOpen(file)
    if (opened === 'replace') {
      removeCacheFiles(file)
      opened = tryOpen(file)
    }
    if (typeof opened === 'object') return { db: opened, isPersistent: true }
  }
  const db = new DatabaseSync(':memory:')
  db.exec(SCHEMA)
  return { db, isPersistent: false }
}

/** What a failed statement means: `busy` passes by itself, `broken` asks for a new file, `other` is to be lived with. */
export function sqliteFailure(error: unknown): 'busy' | 'broken' | 'other' {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  if (code === SQLITE_BUSY || code === SQLITE_LOCKED) return 'busy'
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB || code === SQLITE_ERROR) return 'broken'
  return 'other'
}

const SQLITE_ERROR = 1
const SQLITE_BUSY = 5
const SQLITE_LOCKED = 6
const SQLITE_CORRUPT = 11
const SQLITE_NOTADB = 26

/** Deletes a cache file with its companions. A process that still has it open keeps its own, unlinked copy. */
export function removeCacheFiles(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    try {
      rmSync(`${file}${suffix}`, { force: true })
    } catch {
      // Opening it will tell.
    }
  }
}

function tryOpen(file: string): DatabaseSync | 'replace' | 'unusable' {
  let db: DatabaseSync | undefined
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    db = new DatabaseSync(file, { timeout: OPEN_BUSY_TIMEOUT_MS })
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA journal_size_limit = 8388608')
    if (!prepareSchema(db)) {
      db.close()
      return 'replace'
    }
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    return db
  } catch (error) {
    db?.close()
    return sqliteFailure(error) === 'broken' ? 'replace' : 'unusable'
  }
}

/** Whether the file has this code's schema, made now if it was empty. */
function prepareSchema(db: DatabaseSync): boolean {
  db.exec('BEGIN IMMEDIATE')
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version)
  const isEmpty = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n === 0
  if (version !== SCHEMA_VERSION && !isEmpty) return false
  db.exec(SCHEMA)
  db.exec('COMMIT')
  return true
}
