import { z } from 'zod'
import { type ReportJob, report } from '#lib/report/model.ts'
import { type RunProfile, runProfile } from '#lib/report/run-profile.ts'
import type { Verdict } from '#lib/report/verdict.ts'
import type { Schema } from './schema.ts'
import { readJson } from './stored-json.ts'

/** What was announced when a run was planned; it stays, whatever the registry says later. */
export const storedPlan = z.object({
  jobs: z.array(
    z.object({
      platform: z.string(),
      digest: z.string().optional(),
      sizeBytes: z.number().optional(),
    }),
  ),
  leftOut: report.shape.leftOut,
  findings: report.shape.findings,
  accepted: report.shape.accepted,
  profileOrigin: report.shape.profileOrigin,
})
export type StoredPlan = z.infer<typeof storedPlan>

/** A run that was just planned. */
export interface NewRun {
  readonly id: string
  /** Canonical text. */
  readonly repository: string
  readonly reference: string
  readonly pinned: string
  readonly digest: string
  readonly kind: 'index' | 'image'
  readonly profile: RunProfile
  readonly plan: StoredPlan
  readonly removeImages: boolean
  /** Platforms whose results come from elsewhere. */
  readonly awaits?: AwaitedPlatforms | undefined
  readonly createdAt: Date
  /** The same request under the same key is this run. */
  readonly key?: { readonly key: string; readonly requestHash: string } | undefined
}

/** What a run waits for from elsewhere. */
export interface AwaitedPlatforms {
  /** Signs the results: 32 bytes, base64url. */
  readonly key: string
  /** Then it waits no longer. */
  readonly until: Date
  readonly platforms: readonly string[]
}

/** Those platforms as they are kept. */
export const awaitedPlatforms = z.array(z.string())

/** One platform of a run that is kept. What goes on within `running` is not. */
export interface StoredJob {
  readonly platform: string
  readonly state: 'queued' | 'running' | 'finished' | 'cancelled'
  /** How often it was begun. */
  readonly starts: number
  readonly startedAt?: Date
  readonly finishedAt?: Date
  /** Once it is over. */
  readonly job?: ReportJob
}

/** A run that is kept, its jobs in their order. */
export interface StoredRun extends Omit<NewRun, 'key'> {
  readonly state: 'queued' | 'running' | 'finished' | 'cancelled'
  readonly verdict?: Verdict
  readonly startedAt?: Date
  readonly finishedAt?: Date
  /** Somebody wants it to end. */
  readonly isCancelAsked: boolean
  readonly jobs: readonly StoredJob[]
}

/** One line of a list of runs. */
export interface StoredRunLine {
  readonly seq: number
  readonly id: string
  readonly reference: string
  readonly digest: string
  readonly state: StoredRun['state']
  readonly verdict?: Verdict
  readonly createdAt: Date
  readonly finishedAt?: Date
  readonly jobs: readonly {
    readonly platform: string
    readonly state: StoredJob['state']
    readonly verdict?: Verdict
    readonly mode?: 'native' | 'emulated'
  }[]
}

type RunRow = Omit<Schema['runs'], 'seq'>
type JobRow = Schema['jobs']

/** A run out of its rows; the jobs' are in order. Throws `store_unavailable` when a column makes no sense. */
export function toStoredRun(
  row: RunRow,
  jobs: readonly JobRow[],
  awaits: AwaitedPlatforms | undefined,
): StoredRun {
  const what = `The run ${row.id}`
  return {
    id: row.id,
    repository: row.repository,
    reference: row.reference,
    pinned: row.pinned,
    digest: row.digest,
    kind: row.kind,
    state: row.state,
    ...(row.verdict ? { verdict: row.verdict } : {}),
    profile: readJson(runProfile, row.profile, what),
    plan: readJson(storedPlan, row.plan, what),
    removeImages: row.remove_images === 1,
    ...(awaits ? { awaits } : {}),
    isCancelAsked: row.cancel_asked_at !== null,
    createdAt: new Date(row.created_at),
    ...times(row),
    jobs: jobs.map((job) => ({
      platform: job.platform,
      state: job.state,
      starts: job.starts,
      ...times(job),
      ...(job.job ? { job: readJson(report.shape.jobs.element, job.job, what) } : {}),
    })),
  }
}

function times({ started_at, finished_at }: Pick<RunRow, 'started_at' | 'finished_at'>) {
  return {
    ...(started_at ? { startedAt: new Date(started_at) } : {}),
    ...(finished_at ? { finishedAt: new Date(finished_at) } : {}),
  }
}

/** A line out of its row; the jobs' are those of this run, in order. */
export function toRunLine(
  row: Pick<
    Schema['runs'],
    'id' | 'reference' | 'digest' | 'state' | 'verdict' | 'created_at' | 'finished_at'
  > & { readonly seq: number },
  jobs: readonly Pick<JobRow, 'platform' | 'state' | 'verdict' | 'mode'>[],
): StoredRunLine {
  return {
    seq: row.seq,
    id: row.id,
    reference: row.reference,
    digest: row.digest,
    state: row.state,
    ...(row.verdict ? { verdict: row.verdict } : {}),
    createdAt: new Date(row.created_at),
    ...(row.finished_at ? { finishedAt: new Date(row.finished_at) } : {}),
    jobs: jobs.map(({ platform, state, verdict, mode }) => ({
      platform,
      state,
      ...(verdict ? { verdict } : {}),
      ...(mode ? { mode } : {}),
    })),
  }
}
