import PQueue from 'p-queue'
import { REPORT_VERSION, type Report, type ReportJob } from '#lib/report/model.ts'
import { judgeRun } from '#lib/report/verdict.ts'
import { executeJob, type JobOptions } from './execute-job.ts'
import { planRun, type RunPlan, type RunRequest } from './plan-run.ts'
import type { RunContext } from './run-context.ts'

/**
 * Validates a reference: pins it, runs every platform in parallel up to a bound, and answers the report. Events tell
 * everything on the way. A platform that fails, or that nothing can run, is in the report; an abort ends it within
 * two seconds with a report that is `cancelled` and has no verdict. Throws what `planRun` throws.
 */
export async function runImage(
  context: RunContext,
  request: RunRequest,
  options: JobOptions,
): Promise<Report> {
  const { emit, signal, runId } = options
  const startedAt = context.now()
  const seats = context.listEngines(signal)
  // Whoever waits for it gets the error; planning may fail before anybody does.
  seats.catch(() => {})
  const plan = await planRun(context, request, signal)
  emit({ type: 'planned', ...announce(plan) })
  const queue = new PQueue({ concurrency: context.jobsAtOnce })
  const settled = await Promise.allSettled(
    plan.jobs.map((planned) => queue.add(() => executeJob(context, plan, planned, seats, options))),
  )
  // Only a fault of Archway's own rejects; the other jobs have come to their end by now.
  const jobs = settled.map((job) => {
    if (job.status === 'rejected') throw job.reason
    return job.value
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

/** What a report says beside its plan and its jobs. */
export interface ReportFrame {
  readonly id: string
  readonly archway: string
  readonly startedAt: Date
  readonly finishedAt: Date
}

/** The report of a run whose jobs are all over. */
export function assembleReport(plan: RunPlan, jobs: readonly ReportJob[], frame: ReportFrame): Report {
  const cancelled = jobs.some((job) => job.state === 'cancelled')
  const ran = new Set(jobs.map((job) => job.platform))
  const others = plan.findings.filter(({ platform }) => platform === undefined || !ran.has(platform))
  const { verdict } = judgeRun({
    findings: [...others, ...jobs.flatMap((job) => job.findings)],
    jobs: jobs.map((job) => ({ platform: job.platform, execution: job.ending?.verdict })),
    cancelled,
  })
  return {
    version: REPORT_VERSION,
    id: frame.id,
    archway: frame.archway,
    reference: plan.reference,
    pinned: plan.pinned,
    digest: plan.digest,
    kind: plan.kind,
    profile: plan.profile,
    startedAt: frame.startedAt.toISOString(),
    finishedAt: frame.finishedAt.toISOString(),
    durationMs: frame.finishedAt.getTime() - frame.startedAt.getTime(),
    state: cancelled ? 'cancelled' : 'finished',
    ...(verdict ? { verdict } : {}),
    leftOut: [...plan.leftOut],
    findings: others.map((finding) => ({ ...finding, evidence: { ...finding.evidence } })),
    jobs: [...jobs],
  }
}

function announce(plan: RunPlan) {
  const { reference, pinned, digest, kind, leftOut, findings } = plan
  const jobs = plan.jobs.map(({ platform, image, sizeBytes }) => ({
    platform,
    ...(image ? { digest: image.digest } : {}),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  }))
  return { reference, pinned, digest, kind, jobs, leftOut, findings }
}
