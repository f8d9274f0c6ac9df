import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** A link to a report that works. */
export interface StoredShare {
  readonly token: string
  readonly runId: string
  readonly createdAt: Date
}

/** Links to reports. One that was revoked is kept, and is never found again. */
export class Shares {
  private readonly db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.db = db
  }

  /** Adds a link; the run must have a report. */
  async create({ token, runId, createdAt }: StoredShare): Promise<void> {
    const row = { token, run_id: runId, created_at: createdAt.toISOString(), revoked_at: null }
    await this.db.insertInto('shares').values(row).execute()
  }

  /** The links of a report that work, newest first. */
  async list(runId: string): Promise<StoredShare[]> {
    const rows = await this.db
      .selectFrom('shares')
      .select(['token', 'run_id', 'created_at'])
      .where('run_id', '=', runId)
      .where('revoked_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('token')
      .execute()
    return rows.map(toShare)
  }

  /** The link of a token; undefined when there is none or it was revoked. */
  async find(token: string): Promise<StoredShare | undefined> {
    const row = await this.db
      .selectFrom('shares')
      .select(['token', 'run_id', 'created_at'])
      .where('token', '=', token)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return row && toShare(row)
  }

  /** Ends a link for good. */
  async revoke(token: string, now: Date): Promise<void> {
    await this.db
      .updateTable('shares')
      .set({ revoked_at: now.toISOString() })
      .where('token', '=', token)
      .where('revoked_at', 'is', null)
      .execute()
  }
}

function toShare(row: { token: string; run_id: string; created_at: string }): StoredShare {
  return { token: row.token, runId: row.run_id, createdAt: new Date(row.created_at) }
}
