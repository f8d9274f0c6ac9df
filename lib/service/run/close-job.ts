import type { Finding } from '#lib/checks/finding.ts'
import { ending } from '#lib/report/ending.ts'
import type { ReportJob } from '#lib/report/model.ts'
import { JobRecord } from './job-record.ts'
import type { AnnouncedJob } from './plan-run.ts'

/** Why a job that Archway was stopped over is not taken up again. */
export interface CloseReason {
  /** How often it was begun. */
  readonly starts: number
  /** What stands in the way, when it is not that it was begun too often. */
  readonly message?: string | undefined
}

/** A job that is closed without an answer: nobody knows how it would have ended. What the registry's data says counts. */
export function closeJob(
  announced: AnnouncedJob,
  findings: readonly Finding[],
  reason: CloseReason,
  now: () => Date,
): ReportJob {
  const { platform } = announced
  return new JobRecord(announced, now).finish(
    ending('inconclusive', 'interrupted', { ...reason }),
    findings.filter((finding) => finding.platform === platform),
  )
}
