import type { ReportDto } from '#lib/api/reports.ts'
import type { RunRequestDto } from '#lib/api/runs.ts'

/** What of a report is run again. */
export interface RerunChoice {
  /** The very same image, or what its tag names by now. */
  readonly image: 'pinned' | 'tag'
  readonly platforms: 'all' | 'not-passed'
}

/** The parts of a report that running it again needs; its output stays on the server. */
export type RerunnableReport = Pick<
  ReportDto,
  'id' | 'reference' | 'pinned' | 'digest' | 'leftOut' | 'profile'
> & {
  readonly jobs: readonly Pick<ReportDto['jobs'][number], 'platform' | 'verdict' | 'digest'>[]
}

/** Those parts of a whole report. */
export function rerunnable({
  id,
  reference,
  pinned,
  digest,
  leftOut,
  profile,
  jobs,
}: ReportDto): RerunnableReport {
  return {
    id,
    reference,
    pinned,
    digest,
    leftOut,
    profile,
    jobs: jobs.map((job) => ({
      platform: job.platform,
      ...(job.verdict ? { verdict: job.verdict } : {}),
      ...(job.digest === undefined ? {} : { digest: job.digest }),
    })),
  }
}

/** Platforms that did not pass. */
export function notPassed({ jobs }: Pick<RerunnableReport, 'jobs'>): string[] {
  return jobs.filter((job) => job.verdict !== 'passed').map((job) => job.platform)
}

/** The same run once more: same profile, environment values included. */
export function rerunRequest(report: RerunnableReport, { image, platforms }: RerunChoice): RunRequestDto {
  const { reference, pinned, jobs, leftOut, profile } = report
  // A run of all platforms asks for none by name, so that one that was added since is run too.
  const isWhole = leftOut.length === 0 && jobs.every((job) => job.digest !== undefined)
  const named =
    platforms === 'not-passed' ? notPassed(report) : isWhole ? undefined : jobs.map((job) => job.platform)
  return { ref: image === 'tag' ? reference : pinned, ...(named ? { platforms: named } : {}), profile }
}
