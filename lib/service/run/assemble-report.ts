import { REPORT_VERSION, type Report, type ReportJob } from '#lib/report/model.ts'
import { judgeRun } from '#lib/report/verdict.ts'
import type { RunPlan } from './plan-run.ts'

/** What a report repeats of its plan. */
export type ReportSubject = Pick<
  RunPlan,
  'reference' | 'pinned' | 'kind' | 'profile' | 'profileOrigin' | 'leftOut' | 'findings' | 'accepted'
> & { readonly digest: string }

/** What a report says beside its plan and its jobs. */
export interface ReportFrame {
  readonly id: string
  readonly archway: string
  readonly startedAt: Date
  readonly finishedAt: Date
}

/** The report of a run whose jobs are all over. */
export function assembleReport(
  plan: ReportSubject,
  jobs: readonly ReportJob[],
  { id, archway, startedAt, finishedAt }: ReportFrame,
): Report {
  const cancelled = jobs.some((job) => job.state === 'cancelled')
  const others = wholeFindings(plan.findings, jobs)
  const accepted = [...wholeFindings(plan.accepted, jobs)]
  const { verdict } = judgeRun({
    findings: [...others, ...jobs.flatMap((job) => job.findings)],
    jobs: jobs.map((job) => ({ platform: job.platform, execution: job.ending?.verdict })),
    cancelled,
  })
  return {
    version: REPORT_VERSION,
    id,
    archway,
    reference: plan.reference,
    pinned: plan.pinned,
    digest: plan.digest,
    kind: plan.kind,
    profile: plan.profile,
    ...(plan.profileOrigin ? { profileOrigin: plan.profileOrigin } : {}),
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt.getTime() - startedAt.getTime(),
    state: cancelled ? 'cancelled' : 'finished',
    ...(verdict ? { verdict } : {}),
    leftOut: [...plan.leftOut],
    findings: others.map((finding) => ({ ...finding, evidence: { ...finding.evidence } })),
    ...(accepted.length > 0 ? { accepted } : {}),
    jobs: [...jobs],
  }
}

/** Those of a plan's findings that belong to none of its jobs: of the whole index, and of platforms left out. */
export function wholeFindings<T extends { readonly platform?: string | undefined }>(
  findings: readonly T[],
  jobs: readonly { readonly platform: string }[],
): readonly T[] {
  const ran = new Set(jobs.map((job) => job.platform))
  return findings.filter(({ platform }) => platform === undefined || !ran.has(platform))
}
