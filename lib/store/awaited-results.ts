import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import { readJson } from './stored-json.ts'
import { type AwaitedPlatforms, awaitedPlatforms } from './stored-run.ts'

/** Keeps what a run waits for, in the transaction that keeps the run. */
export async function keepAwaited(
  db: Kysely<Schema>,
  runId: string,
  awaits: AwaitedPlatforms,
): Promise<void> {
  const { key, until, platforms } = awaits
  const row = { run_id: runId, key, until: until.toISOString(), platforms: JSON.stringify(platforms) }
  await db.insertInto('awaited_results').values(row).execute()
}

/** What a run waits for; undefined when it never waited. */
export async function findAwaited(db: Kysely<Schema>, runId: string): Promise<AwaitedPlatforms | undefined> {
  const row = await db
    .selectFrom('awaited_results')
    .selectAll()
    .where('run_id', '=', runId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const platforms = readJson(awaitedPlatforms, row.platforms, `The run ${runId}`)
  return { key: row.key, until: new Date(row.until), platforms }
}
