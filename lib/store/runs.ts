import type { Kysely } from 'kysely'
import type { Report, ReportJob } from '#lib/report/model.ts'
import type { Verdict } from '#lib/report/verdict.ts'
import { findAwaited, keepAwaited } from './awaited-results.ts'
import { findLastRuns, type LastRun, noteLastRun } from './last-runs.ts'
import { type RunSweep, sweepRuns } from './run-sweep.ts'
import type { Schema } from './schema.ts'
import { type NewRun, type StoredRun, type StoredRunLine, toRunLine, toStoredRun } from './stored-run.ts'
import { tagOfReference } from './tag-of-reference.ts'

/** Which runs a list holds; all without filters. */
export interface RunFilter {
  /** Canonical text. */
  readonly repository?: string | undefined
  readonly digest?: string | undefined
  readonly state?: 'active' | 'over' | undefined
  readonly verdict?: Verdict | undefined
  /** Only runs asked for before the one with this `seq`. */
  readonly before?: number | undefined
}

const STATES = { active: ['queued', 'running'], over: ['finished', 'cancelled'] } as const

/** Runs with their jobs. Every change is on disk when its promise resolves. */
export class Runs {
  private readonly db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.db = db
  }

  /** Keeps a run with all its jobs queued. */
  async create(run: NewRun): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await trx
        .insertInto('runs')
        .values({
          id: run.id,
          repository: run.repository,
          reference: run.reference,
          tag: tagOfReference(run.repository, run.reference) ?? null,
          pinned: run.pinned,
          digest: run.digest,
          kind: run.kind,
          state: 'queued',
          profile: JSON.stringify(run.profile),
          plan: JSON.stringify(run.plan),
          remove_images: run.removeImages ? 1 : 0,
          created_at: run.createdAt.toISOString(),
        })
        .execute()
      if (run.awaits) await keepAwaited(trx, run.id, run.awaits)
      if (run.key)
        await trx
          .insertInto('run_keys')
          .values({ key: run.key.key, run_id: run.id, request_hash: run.key.requestHash })
          .execute()
      if (run.plan.jobs.length === 0) return
      const jobs = run.plan.jobs.map(({ platform }, position) => ({
        run_id: run.id,
        platform,
        position,
        state: 'queued' as const,
        starts: 0,
      }))
      await trx.insertInto('jobs').values(jobs).execute()
    })
  }

  /** The run that a key stands for; undefined for a key that nobody used, or whose run is gone. */
  async ofKey(key: string): Promise<{ readonly id: string; readonly requestHash: string } | undefined> {
    const row = await this.db.selectFrom('run_keys').selectAll().where('key', '=', key).executeTakeFirst()
    return row && { id: row.run_id, requestHash: row.request_hash }
  }

  /** Removes runs that are over; see `sweepRuns`. */
  sweep(rules: RunSweep): Promise<{ readonly removed: number; readonly keptShared: number }> {
    return sweepRuns(this.db, rules)
  }

  /** Undefined when there is no such run. Throws `store_unavailable` when it cannot be read. */
  async get(id: string): Promise<StoredRun | undefined> {
    const row = await this.db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) return undefined
    const jobs = await this.db
      .selectFrom('jobs')
      .selectAll()
      .where('run_id', '=', id)
      .orderBy('position')
      .execute()
    return toStoredRun(row, jobs, await findAwaited(this.db, id))
  }

  /** Newest first. */
  async list(filter: RunFilter, limit: number): Promise<StoredRunLine[]> {
    let query = this.db
      .selectFrom('runs')
      .select(['seq', 'id', 'reference', 'digest', 'state', 'verdict', 'created_at', 'finished_at'])
    if (filter.repository !== undefined) query = query.where('repository', '=', filter.repository)
    if (filter.digest !== undefined) query = query.where('digest', '=', filter.digest)
    if (filter.state !== undefined) query = query.where('state', 'in', STATES[filter.state])
    if (filter.verdict !== undefined) query = query.where('verdict', '=', filter.verdict)
    if (filter.before !== undefined) query = query.where('seq', '<', filter.before)
    const rows = await query.orderBy('seq', 'desc').limit(limit).execute()
    if (rows.length === 0) return []
    const ids = rows.map((row) => row.id)
    const jobs = await this.db
      .selectFrom('jobs')
      .select(['run_id', 'platform', 'state', 'verdict', 'mode'])
      .where('run_id', 'in', ids)
      .orderBy('position')
      .execute()
    const jobsOf = Map.groupBy(jobs, (job) => job.run_id)
    return rows.map((row) => toRunLine(row, jobsOf.get(row.id) ?? []))
  }

  /** Ids of runs that are not over, oldest first. */
  async unfinished(): Promise<string[]> {
    const rows = await this.db
      .selectFrom('runs')
      .select('id')
      .where('state', 'in', STATES.active)
      .orderBy('seq')
      .execute()
    return rows.map((row) => row.id)
  }

  /** Whether this Archway ever ran anything. */
  async isEmpty(): Promise<boolean> {
    return (await this.db.selectFrom('runs').select('seq').limit(1).executeTakeFirst()) === undefined
  }

  /** Notes that a job is begun, before anything is done for it. */
  async beginJob(id: string, platform: string, now: Date): Promise<void> {
    const at = now.toISOString()
    await this.db.transaction().execute(async (trx) => {
      await trx
        .updateTable('jobs')
        .set((row) => ({
          state: 'running',
          starts: row('starts', '+', 1),
          started_at: at,
          finished_at: null,
        }))
        .where('run_id', '=', id)
        .where('platform', '=', platform)
        .execute()
      await trx
        .updateTable('runs')
        .set((row) => ({ state: 'running', started_at: row.fn.coalesce('started_at', row.val(at)) }))
        .where('id', '=', id)
        .execute()
    })
  }

  /** Keeps what came of a job. */
  async endJob(id: string, job: ReportJob, now: Date): Promise<void> {
    await endJob(this.db, id, job, now)
  }

  /** The same, unless the job is over or its run is: answers whether it was kept. */
  async endOpenJob(id: string, job: ReportJob, now: Date): Promise<boolean> {
    return this.db.transaction().execute(async (trx) => {
      const open = await trx
        .selectFrom('jobs')
        .innerJoin('runs', 'runs.id', 'jobs.run_id')
        .select('jobs.platform')
        .where('jobs.run_id', '=', id)
        .where('jobs.platform', '=', job.platform)
        .where('jobs.job', 'is', null)
        .where('runs.state', 'in', STATES.active)
        .executeTakeFirst()
      if (open === undefined) return false
      await endJob(trx, id, job, now)
      return true
    })
  }

  /** Keeps that somebody wants a run to end. */
  async askToCancel(id: string, now: Date): Promise<void> {
    await this.db
      .updateTable('runs')
      .set({ cancel_asked_at: now.toISOString() })
      .where('id', '=', id)
      .where('state', 'in', STATES.active)
      .execute()
  }

  /** Whether somebody wants a run to end. */
  async isCancelAsked(id: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('runs')
      .select('cancel_asked_at')
      .where('id', '=', id)
      .executeTakeFirst()
    return Boolean(row?.cancel_asked_at)
  }

  /** A run's last change: its report is there and it is over, both or neither. */
  async finish(report: Report): Promise<void> {
    const { id } = report
    await this.db.transaction().execute(async (trx) => {
      const now = new Date(report.finishedAt)
      const open = await trx
        .selectFrom('jobs')
        .select('platform')
        .where('run_id', '=', id)
        .where('job', 'is', null)
        .execute()
      for (const { platform } of open) {
        const job = report.jobs.find((each) => each.platform === platform)
        if (job) await endJob(trx, id, job, now)
      }
      await trx
        .insertInto('reports')
        .values({ run_id: id, report: JSON.stringify(report) })
        .execute()
      const { repository } = await trx
        .updateTable('runs')
        .set({
          state: report.state,
          verdict: report.verdict ?? null,
          started_at: report.startedAt,
          finished_at: report.finishedAt,
        })
        .where('id', '=', id)
        .returning('repository')
        .executeTakeFirstOrThrow()
      await noteLastRun(trx, repository, report)
    })
  }

  /** Puts what is being worked on back: Archway stops in good order, which does not count against a job. */
  async suspend(id: string): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await trx
        .updateTable('jobs')
        .set((row) => ({ state: 'queued', starts: row('starts', '-', 1), started_at: null }))
        .where('run_id', '=', id)
        .where('state', '=', 'running')
        .execute()
      await trx
        .updateTable('runs')
        .set({ state: 'queued' })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .execute()
    })
  }

  /** By digest the last run that came to a verdict; digests without one are not in it. One query, whatever the size. */
  lastOf(repository: string, digests: readonly string[]): Promise<ReadonlyMap<string, LastRun>> {
    return findLastRuns(this.db, repository, digests)
  }
}

async function endJob(db: Kysely<Schema>, id: string, job: ReportJob, now: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({
      state: job.state,
      verdict: job.verdict ?? null,
      mode: job.execution?.mode ?? null,
      finished_at: now.toISOString(),
      job: JSON.stringify(job),
    })
    .where('run_id', '=', id)
    .where('platform', '=', job.platform)
    .execute()
}
