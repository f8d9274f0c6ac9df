import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** Which runs are over and done with. A run must not satisfy one of these to stay. */
export interface RunSweep {
  /** Those that ended before. */
  readonly before?: Date | undefined
  /** Those that are not among so many newest. */
  readonly newest?: number | undefined
}

/** Removes runs that are over, but those that a link shows; what hangs on them goes with them. */
export async function sweepRuns(
  db: Kysely<Schema>,
  { before, newest }: RunSweep,
): Promise<{ readonly removed: number; readonly keptShared: number }> {
  return db.transaction().execute(async (trx) => {
    const over = trx.selectFrom('runs').where('state', 'in', ['finished', 'cancelled'])
    const last =
      newest === undefined
        ? undefined
        : await over.select('seq').orderBy('seq', 'desc').offset(newest).limit(1).executeTakeFirst()
    const old = await over
      .select('id')
      .where((row) =>
        row.or([
          ...(before === undefined ? [] : [row('finished_at', '<', before.toISOString())]),
          ...(last === undefined ? [] : [row('seq', '<=', last.seq)]),
        ]),
      )
      .execute()
    if (before === undefined && last === undefined) return { removed: 0, keptShared: 0 }
    const live = await trx.selectFrom('shares').select('run_id').where('revoked_at', 'is', null).execute()
    const shared = new Set(live.map((share) => share.run_id))
    const going = old.filter(({ id }) => !shared.has(id))
    for (const { id } of going) await trx.deleteFrom('runs').where('id', '=', id).execute()
    return { removed: going.length, keptShared: old.length - going.length }
  })
}
