import { toAppError } from '#lib/errors/app-error.ts'
import type { Queue } from '#lib/queue/queue.ts'
import type { ReportJob } from '#lib/report/model.ts'
import type { StoredRun } from '#lib/store/stored-run.ts'
import type { StoredContext } from '../context.ts'
import type { Arrivals } from './arrivals.ts'
import { assembleReport, type ReportSubject } from './assemble-report.ts'
import { awaitResult } from './await-result.ts'
import { closeJob } from './close-job.ts'
import { conductJobs } from './conduct-jobs.ts'
import { JobRecord } from './job-record.ts'
import type { AnnouncedJob, RunPlan } from './plan-run.ts'
import { plannedFindings, resumePlan } from './resume-plan.ts'
import type { RunContext } from './run-context.ts'
import type { EmitRunEvent } from './run-events.ts'
import { RunLayers, settled } from './run-layers.ts'

/** A run that is kept, to be worked on. */
export interface RunWork {
  readonly context: RunContext & StoredContext
  readonly queue: Queue
  readonly stored: StoredRun
  /** Of a run that was just planned; one that is taken up again is planned again by its digest. */
  readonly plan: RunPlan | undefined
  readonly emit: EmitRunEvent
  readonly arrivals: Arrivals
  /** Aborts when somebody cancels the run, and when Archway stops. */
  readonly signal: AbortSignal
}

/** A job that Archway was stopped over this often is not begun again: it may be what stops Archway. */
const STARTS_LIMIT = 3

/**
 * Works on a run from wherever it stands to its report, or as far as the signal lets it. Jobs that are over stay, others
 * are done, and each is kept before an event says that it is over. `stopped`: aborted without anybody having cancelled
 * the run; it waits in the store to be taken up again. Throws for faults of Archway's own, and of its store.
 */
export async function conductRun(work: RunWork): Promise<'over' | 'stopped'> {
  const { context, stored, signal } = work
  const { runs } = context.store
  const ended = new Map(stored.jobs.flatMap(({ platform, job }) => (job ? [[platform, job]] : [])))
  const startedAt = stored.startedAt ?? context.now()
  for (const { platform, starts, job } of stored.jobs) {
    if (job === undefined && starts >= STARTS_LIMIT)
      ended.set(platform, await close(work, platform, { starts }))
  }
  const open = stored.plan.jobs.filter(({ platform }) => !ended.has(platform))
  const [elsewhere, here] = partition(open, isAwaitedIn(stored))
  const planning = once(() => planOf(work))
  const results = await Promise.all([
    endJobs(work, planning, new Set(here.map(({ platform }) => platform))),
    ...elsewhere.map(async (announced) => [await awaitElsewhere(work, announced)]),
  ])
  for (const job of results.flat()) ended.set(job.platform, job)
  const jobs = stored.plan.jobs.flatMap(({ platform }) => ended.get(platform) ?? [])
  if (signal.aborted && jobs.some((job) => job.state === 'cancelled')) {
    const isCancelled = stored.isCancelAsked || (await runs.isCancelAsked(stored.id))
    if (!isCancelled) {
      await runs.suspend(stored.id)
      return 'stopped'
    }
  }
  const { leftOut, accepted = [], profileOrigin } = stored.plan
  const subject = await settledOf(work, planning, {
    ...stored,
    leftOut,
    accepted,
    profileOrigin,
    findings: plannedFindings(stored),
  })
  await runs.finish(
    assembleReport(subject, jobs, {
      id: stored.id,
      archway: context.version,
      startedAt,
      finishedAt: context.now(),
    }),
  )
  // Of a job that was given up, or whose engine was gone, it goes when that engine is next met.
  if (await context.store.owedImages.isDebtor(stored.id)) context.visitEngines?.()
  return 'over'
}

/** A platform that the image does not have is waited for by nobody. */
function isAwaitedIn({ awaits }: StoredRun): (job: AnnouncedJob) => boolean {
  return ({ platform, digest }) => digest !== undefined && awaits?.platforms.includes(platform) === true
}

function partition<T>(all: readonly T[], holds: (each: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(holds), all.filter((each) => !holds(each))]
}

function awaitElsewhere(work: RunWork, announced: AnnouncedJob): Promise<ReportJob> {
  const { awaits } = work.stored
  if (awaits === undefined) throw new Error(`${announced.platform} is not awaited`)
  return awaitResult({ ...work, awaits }, announced)
}

/** What there is of a run while it is worked on. */
interface Planned {
  readonly plan: RunPlan
  readonly layers: RunLayers
}

async function planOf({ plan, context, stored, signal }: RunWork): Promise<Planned> {
  signal.throwIfAborted()
  const found = plan ?? (await resumePlan(context, stored, signal))
  return { plan: found, layers: new RunLayers(context, found, signal) }
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= work()
    return answer
  }
}

/** The plan with what comparing the layers says; as it was where the image can no longer be read. */
async function settledOf(
  { context, signal }: RunWork,
  planning: () => Promise<Planned>,
  subject: ReportSubject,
): Promise<ReportSubject> {
  if (context.layers === undefined) return subject
  const planned = await planning().catch(() => undefined)
  return planned ? settled(context, subject, planned.layers, signal) : subject
}

/** Does the jobs that are open. */
async function endJobs(
  work: RunWork,
  planning: () => Promise<Planned>,
  open: ReadonlySet<string>,
): Promise<ReportJob[]> {
  const { context, queue, stored, emit, signal } = work
  const { runs, owedImages } = context.store
  if (open.size === 0) return []
  let planned: Planned
  try {
    planned = await planning()
  } catch (error) {
    if (signal.aborted) return announcedOf(work, open).map((job) => new JobRecord(job, context.now).cancel())
    const { message } = toAppError(error)
    const closing = stored.jobs.filter(({ platform }) => open.has(platform))
    return Promise.all(closing.map(({ platform, starts }) => close(work, platform, { starts, message })))
  }
  const { plan, layers } = planned
  return conductJobs(
    context,
    plan,
    plan.jobs.filter(({ platform }) => open.has(platform)),
    {
      runId: stored.id,
      removeImages: stored.removeImages,
      leaving: {
        note: (platform, engine, image) => owedImages.note({ runId: stored.id, platform, engine, image }),
        isOwed: owedImages.isOwed.bind(owedImages),
        settle: owedImages.settle.bind(owedImages),
      },
      emit,
      signal,
      queue,
      layers,
      listEngines: () => context.listEngines(signal),
      onBegin: (platform) => runs.beginJob(stored.id, platform, context.now()),
      // What is cancelled is kept with the whole run: until then Archway may be stopped, and it is none.
      onEnd: async (job) => {
        if (job.state === 'finished') await runs.endJob(stored.id, job, context.now())
      },
    },
  )
}

async function close(
  work: RunWork,
  platform: string,
  reason: { starts: number; message?: string },
): Promise<ReportJob> {
  const { context, stored, emit } = work
  const [announced] = announcedOf(work, new Set([platform]))
  const job = closeJob(announced ?? { platform }, plannedFindings(stored), reason, context.now)
  await context.store.runs.endJob(stored.id, job, context.now())
  emit({ type: 'job', job })
  return job
}

function announcedOf({ stored }: RunWork, platforms: ReadonlySet<string>): readonly AnnouncedJob[] {
  return stored.plan.jobs.filter(({ platform }) => platforms.has(platform))
}
