import type { Kysely } from 'kysely'
import { type Report, report } from '#lib/report/model.ts'
import type { Schema } from './schema.ts'
import { readJson } from './stored-json.ts'

/** What finished runs left. Written by `Runs.finish`, and never changed. */
export class Reports {
  private readonly db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.db = db
  }

  /** The report of a run; undefined when there is none. Throws `store_unavailable` when it cannot be read. */
  async get(id: string): Promise<Report | undefined> {
    const row = await this.db
      .selectFrom('reports')
      .select('report')
      .where('run_id', '=', id)
      .executeTakeFirst()
    return row && readJson(report, row.report, `The report ${id}`)
  }

  /** Whether a run has left a report. */
  async has(id: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('reports')
      .select('run_id')
      .where('run_id', '=', id)
      .executeTakeFirst()
    return row !== undefined
  }
}
