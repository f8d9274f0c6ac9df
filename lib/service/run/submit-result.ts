import {
  type AwaitedResults,
  isSignedBy,
  type RemoteResult,
  type ResultTaken,
  type SignedCall,
} from '#lib/api/remote-results.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { maskJobEnv } from '#lib/report/mask-report.ts'
import type { ReportJob } from '#lib/report/model.ts'
import { judgeRun } from '#lib/report/verdict.ts'
import type { AwaitedPlatforms, StoredRun } from '#lib/store/stored-run.ts'
import type { DeskContext } from './desk-context.ts'
import { plannedFindings } from './resume-plan.ts'

/** What a call brought to show that it may. */
export interface Credentials {
  readonly method: SignedCall['method']
  /** As it came. */
  readonly body: string
  readonly signature: string | null
}

/** What a run waits for. Throws `not_found`, `submission_refused`. */
export async function getAwaitedResults(
  context: DeskContext,
  id: string,
  credentials: Credentials,
): Promise<AwaitedResults> {
  const { stored, awaits } = await admit(context, id, credentials)
  return {
    id,
    reference: stored.reference,
    digest: stored.digest,
    profile: stored.profile,
    until: awaits.until.toISOString(),
    jobs: stored.jobs.flatMap(({ platform, job }) => {
      const digest = digestOf(stored, platform)
      return job || digest === undefined || !awaits.platforms.includes(platform) ? [] : [{ platform, digest }]
    }),
  }
}

/**
 * Takes the result of one platform that was run elsewhere, once: it is kept before this answers, and the run goes on with
 * it. The verdict is made here, of how it ended and what was found there and here. `read` parses what was sent, asked once
 * it is known who sent it. Throws `not_found`, `submission_refused`, `submission_mismatch`, `result_not_awaited`.
 */
export async function submitResult(
  context: DeskContext,
  id: string,
  credentials: Credentials,
  read: () => RemoteResult,
): Promise<ResultTaken> {
  const { stored, awaits } = await admit(context, id, credentials)
  const result = read()
  const { platform } = result.job
  if (!awaits.platforms.includes(platform)) {
    throw new AppError('submission_mismatch', `The run does not wait for a result of ${platform}.`, {
      hint: `It waits for ${awaits.platforms.join(', ')}.`,
    })
  }
  const now = context.now()
  const isLate = now >= awaits.until || stored.isCancelAsked
  const isOver = stored.jobs.find((each) => each.platform === platform)?.job !== undefined
  if (isLate || isOver) throw notAwaited(platform, isOver)
  const job = maskJobEnv(accept(stored, result, now), stored.profile)
  if (!(await context.desk.takeResult(id, job))) throw notAwaited(platform, true)
  return { platform, verdict: job.verdict, url: `/runs/${id}` }
}

async function admit(
  { store }: DeskContext,
  id: string,
  { method, body, signature }: Credentials,
): Promise<{ readonly stored: StoredRun; readonly awaits: AwaitedPlatforms }> {
  const stored = await store.runs.get(id)
  const awaits = stored?.awaits
  // A run that never waited is told from one that is not there to nobody.
  if (!stored || !awaits) throw new AppError('not_found', 'No run waits for a result here.')
  if (isSignedBy(awaits.key, { method, runId: id, body }, signature)) return { stored, awaits }
  throw new AppError('submission_refused', 'This was not signed with the key of the run.', {
    hint: 'Take the whole URL from the run’s page, with what follows #submit=.',
  })
}

/** The job as the run keeps it: what was sent, under what this Archway knows itself. */
function accept(stored: StoredRun, { digest, by, archway, job }: RemoteResult, now: Date): ReportJob {
  const { platform } = job
  const planned = stored.plan.jobs.find((each) => each.platform === platform)
  if (digest !== stored.digest || job.digest !== planned?.digest) {
    throw new AppError(
      'submission_mismatch',
      `The result is of another image than the run for ${platform}.`,
      {
        hint: `The run is pinned to ${stored.digest}; run that digest.`,
      },
    )
  }
  const { ending, execution } = job
  if (job.state !== 'finished' || ending === undefined || ending.verdict === 'skipped') {
    throw new AppError('submission_mismatch', `Nothing ran ${platform} there, so there is no result.`)
  }
  if (ending.verdict === 'passed' && execution === undefined) {
    throw new AppError('submission_mismatch', 'A result that passed has to say how it ran.')
  }
  const own = plannedFindings(stored).filter((finding) => finding.platform === platform)
  const known = new Set(own.map(({ code }) => code))
  const findings = [
    ...own.map((finding) => ({ ...finding, evidence: { ...finding.evidence } })),
    ...job.findings
      .filter((finding) => finding.platform === platform && !known.has(finding.code))
      .map((finding) => ({ ...finding, platform })),
  ]
  const [verdict] = judgeRun({
    findings,
    jobs: [{ platform, execution: ending.verdict }],
    cancelled: false,
  }).jobs
  const { verdict: _, ...sent } = job
  return {
    ...sent,
    ...(planned?.sizeBytes === undefined ? {} : { sizeBytes: planned.sizeBytes }),
    ...(verdict ? { verdict } : {}),
    ...(execution ? { execution: { ...execution, engine: `${execution.engine}, submitted by ${by}` } } : {}),
    findings,
    submitted: { by, at: now.toISOString(), archway },
  }
}

function digestOf(stored: StoredRun, platform: string): string | undefined {
  return stored.plan.jobs.find((each) => each.platform === platform)?.digest
}

function notAwaited(platform: string, isOver: boolean): AppError {
  return isOver
    ? new AppError('result_not_awaited', `The run has a result for ${platform}, and takes no second one.`, {
        hint: 'Start a run that waits for another one.',
      })
    : new AppError('result_not_awaited', `The run no longer waits for a result of ${platform}.`, {
        hint: 'Its time is over, or somebody cancelled it. Start another run.',
      })
}
