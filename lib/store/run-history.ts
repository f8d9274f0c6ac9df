import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Verdict } from '#lib/report/verdict.ts'
import type { Schema } from './schema.ts'
import { readJson } from './stored-json.ts'
import { storedPlan } from './stored-run.ts'

/** Which runs a history holds. Texts are canonical. */
export interface HistoryFilter {
  readonly repository: string
  /** Only runs that were asked for by this tag, with or without a digest beside it. */
  readonly tag?: string | undefined
  /** Only runs asked for before the one with this `seq`. */
  readonly before?: number | undefined
}

/** A run that came to its end, with what it says of each platform. */
export interface StoredHistoryLine {
  readonly seq: number
  readonly id: string
  readonly reference: string
  readonly tag?: string
  readonly digest: string
  readonly kind: 'index' | 'image'
  readonly verdict?: Verdict
  readonly createdAt: Date
  readonly finishedAt?: Date
  readonly jobs: readonly {
    readonly platform: string
    /** Absent when the image does not have the platform. */
    readonly digest?: string
    readonly verdict?: Verdict
    readonly mode?: 'native' | 'emulated'
  }[]
  /** Platforms of the image that nobody asked to run. */
  readonly leftOut: readonly string[]
}

/** What the newest report says of one platform of a digest. */
export interface StoredJudgement {
  readonly id: string
  readonly finishedAt: Date
  readonly verdict?: Verdict
  readonly mode?: 'native' | 'emulated'
  /** An error concerns the image as a whole, this platform with it. */
  readonly hasWholeError: boolean
}

const wholeFindings = z.array(z.object({ severity: z.string(), platform: z.string().optional() }))

/** What finished runs say of a repository over time: of a tag, of a digest. Newest is what was asked for last. */
export class RunHistory {
  private readonly db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.db = db
  }

  /** Newest first. Throws `store_unavailable` when a row makes no sense. */
  async lines(filter: HistoryFilter, limit: number): Promise<StoredHistoryLine[]> {
    const rows = await linesQuery(this.db, filter, limit).execute()
    if (rows.length === 0) return []
    const ids = rows.map(({ id }) => id)
    const jobs = await this.db
      .selectFrom('jobs')
      .select(['run_id', 'platform', 'verdict', 'mode'])
      .where('run_id', 'in', ids)
      .orderBy('position')
      .execute()
    const jobsOf = Map.groupBy(jobs, ({ run_id }) => run_id)
    return rows.map((row) => toLine(row, jobsOf.get(row.id) ?? []))
  }

  /** The tags that runs were asked for by, the one of the newest run first. */
  async tags(repository: string, limit: number): Promise<string[]> {
    const rows = await this.db
      .selectFrom('runs')
      .select(['tag', (row) => row.fn.max('seq').as('newest')])
      .where('repository', '=', repository)
      .where('tag', 'is not', null)
      .groupBy('tag')
      .orderBy('newest', 'desc')
      .limit(limit)
      .execute()
    return rows.flatMap(({ tag }) => tag ?? [])
  }

  /** The newest run that found out by itself what a tag is. */
  async newestOfTag(repository: string, tag: string): Promise<StoredHistoryLine | undefined> {
    const row = await linesQuery(this.db, { repository, tag }, 1)
      .where('reference', '=', `${repository}:${tag}`)
      .executeTakeFirst()
    return row && this.withJobs(row)
  }

  /** The newest run of a digest, whatever it was asked for by. */
  async newestOfDigest(repository: string, digest: string): Promise<StoredHistoryLine | undefined> {
    const row = await linesQuery(this.db, { repository }, 1).where('digest', '=', digest).executeTakeFirst()
    return row && this.withJobs(row)
  }

  /** What the newest report in which a platform of a digest was looked at says of it. */
  async judgement(
    repository: string,
    digest: string,
    platform: string,
  ): Promise<StoredJudgement | undefined> {
    const row = await judgementQuery(this.db, repository, digest, platform).executeTakeFirst()
    if (row === undefined || row.finished_at === null) return undefined
    const findings = readJson(wholeFindings, row.findings, `The report ${row.id}`)
    return {
      id: row.id,
      finishedAt: new Date(row.finished_at),
      ...(row.verdict ? { verdict: row.verdict } : {}),
      ...(row.mode ? { mode: row.mode } : {}),
      hasWholeError: findings.some((each) => each.severity === 'error' && each.platform === undefined),
    }
  }

  /** Whether a platform was ever looked at under a tag, whatever the tag was then. */
  async hasJudged(repository: string, tag: string, platform: string): Promise<boolean> {
    const row = await linesQuery(this.db, { repository, tag }, 1)
      .innerJoin('jobs', 'jobs.run_id', 'runs.id')
      .where('jobs.platform', '=', platform)
      .executeTakeFirst()
    return row !== undefined
  }

  private async withJobs(row: HistoryRow): Promise<StoredHistoryLine> {
    const jobs = await this.db
      .selectFrom('jobs')
      .select(['platform', 'verdict', 'mode'])
      .where('run_id', '=', row.id)
      .orderBy('position')
      .execute()
    return toLine(row, jobs)
  }
}

/** The rows of a history, without their jobs. An index gives them in order, whatever the filter. */
export function linesQuery(db: Kysely<Schema>, { repository, tag, before }: HistoryFilter, limit: number) {
  return db
    .selectFrom('runs')
    .select(['seq', 'id', 'reference', 'tag', 'digest', 'kind', 'runs.verdict', 'plan', 'created_at'])
    .select('runs.finished_at')
    .where('repository', '=', repository)
    .where('runs.state', '=', 'finished')
    .$if(tag !== undefined, (query) => query.where('tag', '=', tag ?? ''))
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
}

/** The row of a judgement. */
export function judgementQuery(db: Kysely<Schema>, repository: string, digest: string, platform: string) {
  return db
    .selectFrom('runs')
    .innerJoin('jobs', 'jobs.run_id', 'runs.id')
    .innerJoin('reports', 'reports.run_id', 'runs.id')
    .select(['runs.id', 'runs.finished_at', 'jobs.verdict', 'jobs.mode'])
    .select((row) => row.fn<string>('json_extract', ['report', row.val('$.findings')]).as('findings'))
    .where('repository', '=', repository)
    .where('digest', '=', digest)
    .where('runs.state', '=', 'finished')
    .where('jobs.platform', '=', platform)
    .orderBy('seq', 'desc')
    .limit(1)
}

type HistoryRow = Awaited<ReturnType<ReturnType<typeof linesQuery>['execute']>>[number]

function toLine(
  row: HistoryRow,
  jobs: readonly Pick<Schema['jobs'], 'platform' | 'verdict' | 'mode'>[],
): StoredHistoryLine {
  const plan = readJson(storedPlan, row.plan, `The run ${row.id}`)
  const digests = new Map(plan.jobs.map(({ platform, digest }) => [platform, digest]))
  return {
    seq: row.seq,
    id: row.id,
    reference: row.reference,
    ...(row.tag === null ? {} : { tag: row.tag }),
    digest: row.digest,
    kind: row.kind,
    ...(row.verdict ? { verdict: row.verdict } : {}),
    createdAt: new Date(row.created_at),
    ...(row.finished_at ? { finishedAt: new Date(row.finished_at) } : {}),
    jobs: jobs.map(({ platform, verdict, mode }) => {
      const digest = digests.get(platform)
      return {
        platform,
        ...(digest ? { digest } : {}),
        ...(verdict ? { verdict } : {}),
        ...(mode ? { mode } : {}),
      }
    }),
    leftOut: plan.leftOut,
  }
}
