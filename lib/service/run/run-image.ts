import { InProcessQueue } from '#lib/queue/in-process-queue.ts'
import type { Report } from '#lib/report/model.ts'
import { assembleReport } from './assemble-report.ts'
import { conductJobs } from './conduct-jobs.ts'
import type { JobOptions } from './execute-job.ts'
import { announceJob, planRun, type RunPlan, type RunRequest } from './plan-run.ts'
import type { RunContext } from './run-context.ts'

/**
 * Validates a reference here and now, and keeps nothing: pins it, runs every platform in parallel up to a bound, and
 * answers the report. Events tell everything on the way. A platform that fails, or that nothing can run, is in the
 * report; an abort ends it within two seconds with a report that is `cancelled` and has no verdict. Throws what
 * `planRun` throws.
 */
export async function runImage(
  context: RunContext,
  request: RunRequest,
  options: JobOptions,
): Promise<Report> {
  const { emit, signal, runId } = options
  const startedAt = context.now()
  // Engines are met while the registry is asked. Whoever waits for them gets the error; here nobody does.
  context.listEngines(signal).catch(() => {})
  const plan = await planRun(context, request, signal)
  emit({ type: 'planned', ...announce(plan) })
  const queue = new InProcessQueue(context.jobsAtOnce)
  const jobs = await conductJobs(context, plan, plan.jobs, {
    ...options,
    queue,
    listEngines: () => context.listEngines(signal),
  })
  const report = assembleReport(plan, jobs, {
    id: runId,
    archway: context.version,
    startedAt,
    finishedAt: context.now(),
  })
  emit({ type: 'finished', report })
  return report
}

function announce(plan: RunPlan) {
  const { reference, pinned, digest, kind, leftOut, findings } = plan
  return { reference, pinned, digest, kind, jobs: plan.jobs.map(announceJob), leftOut, findings }
}
