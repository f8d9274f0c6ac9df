import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type CacheDatabase, openCacheDatabase, removeCacheFiles, sqliteFailure } from './cache-database.ts'

/** One cached value. `at` is what the owner wants to remember of time; what it means is the owner's. */
export interface CacheEntry {
  readonly bytes: Uint8Array
  readonly contentType: string | undefined
  readonly at: Date
}

/** Where the table lives and how much it may hold. */
export interface EntryTableOptions {
  /** Folder of the cache file; undefined keeps everything in memory. */
  readonly dir: string | undefined
  /** Bytes of all values together; the least recently used go first. */
  readonly maxBytes: number
  readonly now: () => Date
}

/** Writes wait this long for company, so that a thousand of them cost one transaction. */
const FLUSH_AFTER_MS = 20
/** A file locked by another process is tried again after this long. */
const RETRY_AFTER_MS = 250
/** Waiting writes beyond this are flushed at once. */
const FLUSH_AT_BYTES = 2 << 20
/** While the file is locked by another process, writes beyond this are given up. */
const MAX_WAITING_BYTES = 16 << 20
/** An entry's last use is written down when it is older than this: reading must not turn into writing. */
const TOUCH_AFTER_MS = 60_000
/** Entries evicted per statement, and statements per flush: eviction must not hold up the process. */
const EVICT_ENTRIES = 200
const EVICT_STATEMENTS = 20
/** Eviction goes on until this share of `maxBytes` is left, so that it does not run at every flush. */
const EVICT_TO = 0.9
/** A value larger than this share of `maxBytes` would push out everything else. */
const MAX_ENTRY_SHARE = 0.25
/** What an entry costs beside its value: row, key and index. */
const ENTRY_OVERHEAD_BYTES = 160
/** Without a file the cache takes memory, which is dearer. */
const MAX_MEMORY_BYTES = 64 << 20

/**
 * A bounded map on SQLite, least recently used out first. Never throws: a locked or broken file is a miss, and a broken
 * file is replaced. Writes are seen by `get` at once and reach the file a moment later.
 */
export class EntryTable {
  private readonly options: EntryTableOptions
  private readonly waiting = new Map<string, CacheEntry | undefined>()
  private readonly touched = new Set<string>()
  private waitingBytes = 0
  private timer: NodeJS.Timeout | undefined
  private database: CacheDatabase
  private statements: ReturnType<typeof prepareStatements>
  private totalBytes: number | undefined
  private isClosed = false

  constructor(options: EntryTableOptions) {
    this.options = options
    this.database = openCacheDatabase(options.dir)
    this.statements = prepareStatements(this.database.db)
  }

  /** Whether values outlive the process. */
  get isPersistent(): boolean {
    return this.database.isPersistent
  }

  get(key: string): CacheEntry | undefined {
    if (this.isClosed) return undefined
    if (this.waiting.has(key)) return this.waiting.get(key)
    const row = this.attempt(() => this.statements.get.get(key)).value
    if (!row || !(row.bytes instanceof Uint8Array)) return undefined
    if (this.options.now().getTime() - Number(row.used) > TOUCH_AFTER_MS) {
      this.touched.add(key)
      this.schedule()
    }
    return {
      bytes: row.bytes,
      contentType: typeof row.content_type === 'string' ? row.content_type : undefined,
      at: new Date(Number(row.at)),
    }
  }

  put(key: string, entry: CacheEntry): void {
    if (this.isClosed || entry.bytes.byteLength > this.maxBytes * MAX_ENTRY_SHARE) return
    this.wait(key, entry)
  }

  delete(key: string): void {
    if (!this.isClosed) this.wait(key, undefined)
  }

  /** Writes what is waiting. Called by itself; a test or a process about to end calls it to be sure. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.isClosed || (this.waiting.size === 0 && this.touched.size === 0)) return
    const outcome = this.attempt(() => this.write())
    if (outcome.failure === 'busy' && this.waitingBytes <= MAX_WAITING_BYTES) {
      this.schedule(RETRY_AFTER_MS)
      return
    }
    this.waiting.clear()
    this.touched.clear()
    this.waitingBytes = 0
    this.attempt(() => this.evict())
  }

  /** Flushes and closes; afterwards every `get` is a miss. */
  close(): void {
    if (this.isClosed) return
    this.flush()
    clearTimeout(this.timer)
    this.isClosed = true
    this.waiting.clear()
    this.database.db.close()
  }

  private get maxBytes(): number {
    return this.isPersistent ? this.options.maxBytes : Math.min(this.options.maxBytes, MAX_MEMORY_BYTES)
  }

  private wait(key: string, entry: CacheEntry | undefined): void {
    this.waitingBytes -= this.waiting.get(key)?.bytes.byteLength ?? 0
    this.waitingBytes += entry?.bytes.byteLength ?? 0
    this.waiting.set(key, entry)
    if (this.waitingBytes > FLUSH_AT_BYTES) this.flush()
    else this.schedule()
  }

  private schedule(delayMs = FLUSH_AFTER_MS): void {
    this.timer ??= setTimeout(() => this.flush(), delayMs)
  }

  private write(): void {
    const usedMs = this.options.now().getTime()
    let writtenBytes = 0
    this.inTransaction(() => {
      for (const [key, entry] of this.waiting) {
        if (!entry) {
          this.statements.delete.run(key)
          continue
        }
        const size = entry.bytes.byteLength + ENTRY_OVERHEAD_BYTES
        this.statements.put.run(key, usedMs, size, entry.at.getTime(), entry.contentType ?? null, entry.bytes)
        writtenBytes += size
      }
      for (const key of this.touched) this.statements.touch.run(usedMs, key)
    })
    if (this.totalBytes !== undefined) this.totalBytes += writtenBytes
  }

  /** The running total only grows (replaced and foreign rows are not followed): it is summed again when it is over. */
  private evict(): void {
    if (this.totalBytes === undefined || this.totalBytes > this.maxBytes) this.totalBytes = this.sum()
    if (this.totalBytes <= this.maxBytes) return
    for (let turn = 0; turn < EVICT_STATEMENTS && this.totalBytes > this.maxBytes * EVICT_TO; turn++) {
      const evicted = this.evictSome(this.totalBytes - this.maxBytes * EVICT_TO)
      if (evicted === 0) break
      this.totalBytes -= evicted
    }
  }

  private evictSome(excessBytes: number): number {
    let evictedBytes = 0
    this.inTransaction(() => {
      for (const row of this.statements.oldest.all(EVICT_ENTRIES)) {
        if (evictedBytes >= excessBytes) break
        this.statements.delete.run(String(row.key))
        evictedBytes += Number(row.size)
      }
    })
    return evictedBytes
  }

  private sum(): number {
    return Number(this.statements.sum.get()?.total ?? 0)
  }

  private inTransaction(work: () => void): void {
    const { db } = this.database
    db.exec('BEGIN IMMEDIATE')
    try {
      work()
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  /** Runs `work`, or says why the database would not. A broken file is replaced. */
  private attempt<T>(work: () => T): { value?: T; failure?: ReturnType<typeof sqliteFailure> } {
    try {
      return { value: work() }
    } catch (error) {
      const failure = sqliteFailure(error)
      if (failure === 'broken') this.startAnew()
      return { failure }
    }
  }

  private startAnew(): void {
    const file = this.database.db.location()
    try {
      this.database.db.close()
    } catch {
      // It is thrown away in any case.
    }
    if (file) removeCacheFiles(file)
    this.database = openCacheDatabase(this.options.dir)
    this.statements = prepareStatements(this.database.db)
    this.totalBytes = undefined
  }
}

function prepareStatements(db: DatabaseSync) {
  const prepare = (sql: string): StatementSync => db.prepare(sql)
  return {
    get: prepare('SELECT used, at, content_type, bytes FROM entries WHERE key = ?'),
    put: prepare(
      `INSERT INTO entries (key, used, size, at, content_type, bytes) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET used = excluded.used, size = excluded.size, at = excluded.at,
         content_type = excluded.content_type, bytes = excluded.bytes`,
    ),
    delete: prepare('DELETE FROM entries WHERE key = ?'),
    touch: prepare('UPDATE entries SET used = ? WHERE key = ?'),
    oldest: prepare('SELECT key, size FROM entries ORDER BY used LIMIT ?'),
    sum: prepare('SELECT sum(size) AS total FROM entries'),
  }
}
