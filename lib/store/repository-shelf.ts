import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** A repository that somebody opened or pinned. */
export interface ShelvedRepository {
  readonly repository: string
  readonly pinned: boolean
  readonly openedAt?: Date
}

/** Unpinned repositories remembered; the least recently opened are forgotten. */
const RECENT_MAX = 50

/** Recent and pinned repositories. */
export class RepositoryShelf {
  private readonly db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.db = db
  }

  /** Pinned ones in the order they were pinned, then the most recently opened. */
  async list(limit: number): Promise<ShelvedRepository[]> {
    const rows = await this.db
      .selectFrom('repositories')
      .select(['repository', 'pinned', 'opened_at'])
      .orderBy('pinned', 'desc')
      .orderBy('pinned_at', 'asc')
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      repository: row.repository,
      pinned: row.pinned === 1,
      ...(row.opened_at ? { openedAt: new Date(row.opened_at) } : {}),
    }))
  }

  /** Remembers that a repository was opened, and forgets the oldest beyond the bound. */
  async touch(repository: string, now: Date): Promise<void> {
    const openedAt = now.toISOString()
    await this.db.transaction().execute(async (trx) => {
      await trx
        .insertInto('repositories')
        .values({ repository, pinned: 0, opened_at: openedAt })
        .onConflict((conflict) => conflict.column('repository').doUpdateSet({ opened_at: openedAt }))
        .execute()
      const kept = trx
        .selectFrom('repositories')
        .select('id')
        .where('pinned', '=', 0)
        .orderBy('opened_at', 'desc')
        .orderBy('id', 'desc')
        .limit(RECENT_MAX)
      await trx.deleteFrom('repositories').where('pinned', '=', 0).where('id', 'not in', kept).execute()
    })
  }

  /** Pins or unpins; a repository never seen before is remembered by being pinned. */
  async setPinned(repository: string, pinned: boolean, now: Date): Promise<void> {
    const values = { pinned: pinned ? 1 : 0, pinned_at: pinned ? now.toISOString() : null } as const
    if (!pinned) {
      await this.db.updateTable('repositories').set(values).where('repository', '=', repository).execute()
      return
    }
    await this.db
      .insertInto('repositories')
      .values({ repository, ...values, opened_at: null })
      .onConflict((conflict) =>
        conflict.column('repository').doUpdateSet(values).where('repositories.pinned', '=', 0),
      )
      .execute()
  }

  /** Forgets a repository, pinned or not. */
  async remove(repository: string): Promise<void> {
    await this.db.deleteFrom('repositories').where('repository', '=', repository).execute()
  }
}
