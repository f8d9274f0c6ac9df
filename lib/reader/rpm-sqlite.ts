import { DatabaseSync } from 'node:sqlite'

/** Headers of one database; the largest distributions install some thousands. */
const HEADERS_LIMIT = 50_000
/** Where SQLite keeps its file format's write and read version: 2 is WAL, which a database in memory cannot be. */
const VERSIONS_AT = 18
const ROLLBACK_JOURNAL = 1

/** The header blobs of an rpm database (`Packages(hnum, blob)`), opened in memory. Throws what SQLite throws. */
export function readRpmSqlite(database: Uint8Array): readonly Uint8Array[] {
  const copy = new Uint8Array(database)
  copy.fill(ROLLBACK_JOURNAL, VERSIONS_AT, VERSIONS_AT + 2)
  const db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false })
  try {
    db.deserialize(copy)
    const rows = db.prepare('SELECT blob FROM Packages ORDER BY hnum LIMIT ?').all(HEADERS_LIMIT)
    return rows.flatMap(({ blob }) => (blob instanceof Uint8Array ? [blob] : []))
  } finally {
    db.close()
  }
}
