import { ending } from '#lib/report/ending.ts'
import type { ReportJob } from '#lib/report/model.ts'
import type { AwaitedPlatforms, StoredRun } from '#lib/store/stored-run.ts'
import type { StoredContext } from '../context.ts'
import type { Arrivals } from './arrivals.ts'
import { JobRecord } from './job-record.ts'
import type { AnnouncedJob } from './plan-run.ts'
import { plannedFindings } from './resume-plan.ts'
import type { EmitRunEvent } from './run-events.ts'

/** A run with a job whose result comes from elsewhere. */
export interface WaitingRun {
  readonly context: StoredContext
  readonly stored: StoredRun
  readonly awaits: AwaitedPlatforms
  readonly arrivals: Arrivals
  readonly emit: EmitRunEvent
  readonly signal: AbortSignal
}

/**
 * Waits until a result is submitted, or the time for it is over: then the job is `inconclusive`. What is in the store
 * counts, so a result that came while nobody waited is found. An abort makes the job `cancelled`.
 */
export async function awaitResult(run: WaitingRun, announced: AnnouncedJob): Promise<ReportJob> {
  const { context, stored, awaits, arrivals, emit, signal } = run
  const { runs } = context.store
  const { platform } = announced
  const kept = async () => (await runs.get(stored.id))?.jobs.find((each) => each.platform === platform)?.job
  const before = await kept()
  if (before === undefined) await untilOneOf(arrivals.of(platform), awaits.until, context.now(), signal)
  let job = before ?? (await kept())
  if (job === undefined && signal.aborted) return new JobRecord(announced, context.now).cancel()
  if (job === undefined) {
    const late = new JobRecord(announced, context.now).finish(
      ending('inconclusive', 'no-result', { until: awaits.until.toISOString() }),
      plannedFindings(stored).filter((finding) => finding.platform === platform),
    )
    // A result that came at the same moment is the better answer.
    job = (await runs.endOpenJob(stored.id, late, context.now())) ? late : ((await kept()) ?? late)
  }
  emit({ type: 'job', job })
  return job
}

async function untilOneOf(
  arrived: Promise<void>,
  until: Date,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, Math.max(0, until.getTime() - now.getTime()))
  signal.addEventListener('abort', () => resolve(), { once: true })
  await Promise.race([arrived, promise])
  clearTimeout(timer)
}
