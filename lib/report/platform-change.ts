import type { Change } from './change.ts'
import type { FindingChange } from './compare-findings.ts'
import type { TestChange } from './compare-tests.ts'
import type { TruthChange } from './compare-truths.ts'
import type { ReportJob } from './model.ts'

/** One platform in both reports; absent on the side that did not run it. */
export interface PlatformChange {
  readonly platform: string
  readonly presence: 'both' | 'new' | 'gone'
  readonly change: Change
  readonly from?: JobSummary
  readonly to?: JobSummary
  readonly truths: readonly TruthChange[]
  readonly tests: readonly TestChange[]
  readonly findings: readonly FindingChange[]
}

/** What a comparison shows of a job. */
export interface JobSummary {
  readonly verdict?: NonNullable<ReportJob['verdict']>
  readonly mode?: 'native' | 'emulated'
  readonly durationMs?: number
}
