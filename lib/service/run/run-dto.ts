import type { FindingDto } from '#lib/api/parts.ts'
import { submitPath } from '#lib/api/remote-results.ts'
import type { ReportDto, ReportJobDto } from '#lib/api/reports.ts'
import type { LastRunDto, RunDto, RunJobDto, RunSummaryDto } from '#lib/api/runs.ts'
import type { Finding } from '#lib/checks/finding.ts'
import {
  type DescribedJob,
  describeFinding,
  describeJob,
  describeReport,
} from '#lib/report/describe-report.ts'
import type { Report, ReportJob } from '#lib/report/model.ts'
import type { LastRun } from '#lib/store/last-runs.ts'
import type { AwaitedPlatforms, StoredJob, StoredRun, StoredRunLine } from '#lib/store/stored-run.ts'
import { wholeFindings } from './assemble-report.ts'
import type { AnnouncedJob } from './plan-run.ts'

/** A run that is kept, as it goes out. */
export function runDto(run: StoredRun): RunDto {
  const isOver = run.state === 'finished' || run.state === 'cancelled'
  const findings = run.plan.findings.map(toFinding)
  return {
    id: run.id,
    reference: run.reference,
    pinned: run.pinned,
    digest: run.digest,
    kind: run.kind,
    state: run.state,
    ...(run.verdict ? { verdict: run.verdict } : {}),
    profile: run.profile,
    ...(run.plan.profileOrigin ? { profileOrigin: run.plan.profileOrigin } : {}),
    removeImages: run.removeImages,
    createdAt: run.createdAt.toISOString(),
    ...times(run),
    leftOut: [...run.plan.leftOut],
    findings: wholeFindings(findings, run.plan.jobs).map(findingDto),
    jobs: run.jobs.map((job) =>
      job.job
        ? overJobDto(job.job, times(job))
        : openJobDto(
            job,
            run.plan.jobs.find(({ platform }) => platform === job.platform),
            findings,
            run.awaits?.platforms.includes(job.platform) ?? false,
          ),
    ),
    ...(run.awaits && !isOver ? { awaits: awaitsDto(run.id, run.awaits) } : {}),
    ...(isOver ? { reportUrl: `/reports/${run.id}` } : {}),
  }
}

/** The run as it waits to be taken up: what was begun and did not end is queued again. */
export function waitingRunDto(run: StoredRun): RunDto {
  const jobs = run.jobs.map((job) =>
    job.job ? job : { platform: job.platform, state: 'queued' as const, starts: job.starts },
  )
  return runDto({ ...run, jobs })
}

/** A job that is over, with all that its report's job says. */
export function overJobDto(
  job: ReportJob,
  { startedAt = job.steps[0]?.startedAt, finishedAt }: { startedAt?: string; finishedAt?: string },
): RunJobDto {
  const { execution } = job
  return {
    ...reportJobDto(describeJob(job)),
    phase: job.state,
    ...(startedAt ? { startedAt } : {}),
    ...(finishedAt ? { finishedAt } : {}),
    ...(execution ? { engineLabel: execution.engine, mode: execution.mode } : {}),
  }
}

/** A report with all its texts, as it goes out. */
export function reportDto(report: Report): ReportDto {
  const described = describeReport(report)
  return { ...described, findings: [...described.findings], jobs: described.jobs.map(reportJobDto) }
}

/** One line of the list of runs. */
export function runSummaryDto(line: StoredRunLine): RunSummaryDto {
  return {
    id: line.id,
    reference: line.reference,
    digest: line.digest,
    state: line.state,
    ...(line.verdict ? { verdict: line.verdict } : {}),
    createdAt: line.createdAt.toISOString(),
    ...times(line),
    jobs: line.jobs.map((job) => ({ ...job })),
  }
}

/** The last verdict of a digest. */
export function lastRunDto({ id, verdict, finishedAt, jobs }: LastRun): LastRunDto {
  return { id, verdict, finishedAt: finishedAt.toISOString(), jobs: [...jobs] }
}

/** A finding as the wire reads it back, without `undefined`. */
export function toFinding({ platform, ...rest }: Report['findings'][number]): Finding {
  return { ...rest, ...(platform === undefined ? {} : { platform }) }
}

function reportJobDto(job: DescribedJob): ReportJobDto {
  return { ...job, findings: [...job.findings] }
}

function awaitsDto(id: string, { until, key }: AwaitedPlatforms): NonNullable<RunDto['awaits']> {
  return { until: until.toISOString(), submitUrl: submitPath(id, key) }
}

function openJobDto(
  stored: StoredJob,
  announced: AnnouncedJob | undefined,
  findings: readonly Finding[],
  isAwaited: boolean,
): RunJobDto {
  const isWaiting = isAwaited && announced?.digest !== undefined && stored.state === 'queued'
  const state = isWaiting ? 'waiting' : stored.state
  const { platform, startedAt } = stored
  const phase = state === 'running' ? 'preparing' : state
  return {
    ...announced,
    platform,
    state,
    phase,
    ...(startedAt ? { startedAt: startedAt.toISOString() } : {}),
    findings: findings.filter((finding) => finding.platform === platform).map(findingDto),
  }
}

function findingDto(finding: Finding): FindingDto {
  return describeFinding({ ...finding, evidence: { ...finding.evidence } })
}

function times({ startedAt, finishedAt }: { readonly startedAt?: Date; readonly finishedAt?: Date }) {
  return {
    ...(startedAt ? { startedAt: startedAt.toISOString() } : {}),
    ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}),
  }
}
