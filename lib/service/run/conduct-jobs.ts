import type { Queue } from '#lib/queue/queue.ts'
import { maskJobEnv } from '#lib/report/mask-report.ts'
import type { ReportJob } from '#lib/report/model.ts'
import { executeJob, type JobOptions } from './execute-job.ts'
import { JobRecord } from './job-record.ts'
import { maskEvents } from './mask-events.ts'
import { announceJob, type PlannedJob, planFor, type RunPlan } from './plan-run.ts'
import type { EngineSeats, RunContext } from './run-context.ts'

/** How the jobs of a run are conducted. */
export interface ConductOptions extends JobOptions {
  /** Where jobs wait for their turn; the run is a group. */
  readonly queue: Queue
  /** Asked when a job's turn has come. */
  readonly listEngines: () => Promise<EngineSeats>
  /** Called before anything is done for a job. */
  readonly onBegin?: (platform: string) => Promise<void>
  /** Called before events tell that a job is over: what they say is then kept. */
  readonly onEnd?: (job: ReportJob) => Promise<void>
}

/**
 * Works on these jobs of a plan, in turn, and answers what they came to, in their order. A job that did not have its
 * turn when the signal aborts is cancelled at once. Values of the run’s environment are in none of what is told and answered. Rejects for faults of Archway's own alone, once every job has ended.
 */
export async function conductJobs(
  context: RunContext,
  plan: RunPlan,
  jobs: readonly PlannedJob[],
  options: ConductOptions,
): Promise<ReportJob[]> {
  const settled = await Promise.allSettled(jobs.map((planned) => conductJob(context, plan, planned, options)))
  return settled.map((job) => {
    if (job.status === 'rejected') throw job.reason
    return job.value
  })
}

async function conductJob(
  context: RunContext,
  plan: RunPlan,
  planned: PlannedJob,
  options: ConductOptions,
): Promise<ReportJob> {
  const { queue, runId: group, signal, emit, onBegin, onEnd } = options
  const { env } = planFor(plan, planned.platform).profile
  const work = async () => {
    await onBegin?.(planned.platform)
    const seats = options.listEngines()
    // A job may end before it asks for them.
    seats.catch(() => {})
    const told = { ...options, emit: maskEvents(emit, planned.platform, env) }
    return maskJobEnv(await executeJob(context, plan, planned, seats, told), plan.profile)
  }
  const job = await queue.add({ group, work, signal }).catch((error: unknown) => {
    if (!signal?.aborted) throw error
    return new JobRecord(announceJob(planned), context.now).cancel()
  })
  await onEnd?.(job)
  emit({ type: 'phase', platform: job.platform, phase: job.state })
  emit({ type: 'job', job })
  return job
}
