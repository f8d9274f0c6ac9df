import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Report } from '#lib/report/model.ts'
import { VERDICTS } from '#lib/report/verdict.ts'
import type { Schema } from './schema.ts'
import { readJson } from './stored-json.ts'

const jobs = z.array(
  z.object({
    platform: z.string(),
    verdict: z.enum(VERDICTS),
    mode: z.enum(['native', 'emulated']).optional(),
  }),
)

/** The last run of a digest that came to a verdict. */
export interface LastRun {
  readonly id: string
  readonly verdict: (typeof VERDICTS)[number]
  readonly finishedAt: Date
  readonly jobs: Readonly<z.infer<typeof jobs>>
}

/** Notes a report as its digest's last, when it has a verdict. */
export async function noteLastRun(db: Kysely<Schema>, repository: string, report: Report): Promise<void> {
  const { id, digest, verdict, finishedAt } = report
  if (verdict === undefined) return
  const told = report.jobs.map((job) => ({
    platform: job.platform,
    verdict: job.verdict,
    mode: job.execution?.mode,
  }))
  const values = { run_id: id, verdict, finished_at: finishedAt, jobs: JSON.stringify(told) }
  await db
    .insertInto('last_runs')
    .values({ repository, digest, ...values })
    .onConflict((conflict) => conflict.columns(['repository', 'digest']).doUpdateSet(values))
    .execute()
}

/** By digest its last run; digests without one are not in it. */
export async function findLastRuns(
  db: Kysely<Schema>,
  repository: string,
  digests: readonly string[],
): Promise<ReadonlyMap<string, LastRun>> {
  if (digests.length === 0) return new Map()
  const rows = await db
    .selectFrom('last_runs')
    .select(['digest', 'run_id', 'verdict', 'finished_at', 'jobs'])
    .where('repository', '=', repository)
    .where('digest', 'in', [...new Set(digests)])
    .execute()
  return new Map(
    rows.map((row) => [
      row.digest,
      {
        id: row.run_id,
        verdict: row.verdict,
        finishedAt: new Date(row.finished_at),
        jobs: readJson(jobs, row.jobs, `The last run of ${row.digest}`),
      },
    ]),
  )
}
