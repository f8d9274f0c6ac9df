import { type Kysely, sql } from 'kysely'
import type { Verdict } from '#lib/report/verdict.ts'
import type { Schema } from './schema.ts'
import type { LastRun } from './stored-run.ts'

/**
 * By digest the last run with a verdict. One query for a whole page of tags: per digest it is one step into the index
 * `runs_of_digest`, and one more for each of its runs.
 */
export async function findLastRuns(
  db: Kysely<Schema>,
  repository: string,
  digests: readonly string[],
): Promise<ReadonlyMap<string, LastRun>> {
  const found = new Map<string, Mutable<LastRun>>()
  if (digests.length === 0) return found
  const rows = await db
    .selectFrom('runs')
    .innerJoin('jobs', 'jobs.run_id', 'runs.id')
    .select([
      'runs.id',
      'runs.digest',
      'runs.verdict',
      'runs.finished_at',
      'jobs.platform',
      'jobs.verdict as job_verdict',
      'jobs.mode',
    ])
    .where('runs.repository', '=', repository)
    .where('runs.digest', 'in', [...new Set(digests)])
    .where('runs.verdict', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('runs as later')
            .select(sql.lit(1).as('one'))
            .whereRef('later.repository', '=', 'runs.repository')
            .whereRef('later.digest', '=', 'runs.digest')
            .whereRef('later.finished_at', '>', 'runs.finished_at')
            .where('later.verdict', 'is not', null),
        ),
      ),
    )
    // Two that ended in the same millisecond: the one asked for later.
    .orderBy('runs.seq', 'desc')
    .orderBy('jobs.position')
    .execute()
  for (const { id, digest, verdict, finished_at, platform, job_verdict, mode } of rows) {
    if (verdict === null || finished_at === null) continue
    const last = found.get(digest) ?? { id, verdict, finishedAt: new Date(finished_at), jobs: [] }
    found.set(digest, last)
    if (last.id === id && job_verdict)
      last.jobs.push({ platform, verdict: job_verdict as Verdict, ...(mode ? { mode } : {}) })
  }
  return found
}

type Mutable<T extends LastRun> = Omit<T, 'jobs'> & { jobs: T['jobs'][number][] }
