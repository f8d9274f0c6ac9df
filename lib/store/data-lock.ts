import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '#lib/errors/app-error.ts'

/** A server that was just told to stop may need a moment more. Nothing else happens meanwhile, so it is given once. */
const WAIT_MS = 1_500

/** One lock a process and folder, whoever asks: the bundled server and the command that starts it are two copies of this. */
const shared = globalThis as typeof globalThis & {
  archwayDataLocks?: Map<string, DatabaseSync>
  archwayHasWaited?: boolean
}

/**
 * Makes this process the one server of a data folder, until it ends: its runs are taken up and its containers are swept
 * by one server alone. Readers, such as the command line, need no lock. The lock is SQLite's on the file `server.lock`,
 * which the kernel frees however the process ends. Safe to repeat. Throws `store_unavailable`.
 */
export function lockDataDir(dataDir: string): void {
  const file = path.join(dataDir, 'server.lock')
  shared.archwayDataLocks ??= new Map()
  if (shared.archwayDataLocks.has(file)) return
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(file)
    db.exec(`PRAGMA busy_timeout = ${shared.archwayHasWaited ? 0 : WAIT_MS}`)
    db.exec('BEGIN EXCLUSIVE')
    shared.archwayDataLocks.set(file, db)
  } catch (error) {
    shared.archwayHasWaited = true
    db?.close()
    throw explain(error, dataDir)
  }
}

/** Lets another server take the folder, before this process ends. */
export function unlockDataDir(dataDir: string): void {
  const file = path.join(dataDir, 'server.lock')
  shared.archwayDataLocks?.get(file)?.close()
  shared.archwayDataLocks?.delete(file)
}

function explain(error: unknown, dataDir: string): AppError {
  const message = error instanceof Error ? error.message : String(error)
  if (/database is locked/.test(message)) {
    return new AppError('store_unavailable', `Another Archway already serves the data folder ${dataDir}.`, {
      hint: 'Use that one, stop it, or set ARCHWAY_DATA to another folder for this one.',
      cause: error,
    })
  }
  return new AppError('store_unavailable', `The data folder ${dataDir} cannot be used.`, {
    hint: 'Make it writable for this user, free some disk, or set ARCHWAY_DATA to another folder.',
    operatorDetail: message,
    cause: error,
  })
}
