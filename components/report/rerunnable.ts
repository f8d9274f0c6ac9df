import type { ReportDto } from '#lib/api/reports.ts'

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
