import { renderFinding } from '#lib/checks/render-finding.ts'
import { reportHeadline } from './headline.ts'
import { type Fault, faultText, jobFault } from './job-fault.ts'
import { jobText } from './job-text.ts'
import type { Report, ReportJob } from './model.ts'

type ReportFinding = Report['findings'][number]

/** A finding with its text. */
export type DescribedFinding = ReportFinding & { readonly title: string; readonly message: string }

/** A job with the texts of its findings, one sentence on why it has its verdict, and whose fault that is. */
export type DescribedJob = Omit<ReportJob, 'findings'> & {
  readonly text?: string
  readonly fault?: Fault
  readonly faultText?: string
  readonly findings: readonly DescribedFinding[]
}

/** A report with all its texts: what goes out as JSON. `report` reads it back, without them. */
export type DescribedReport = Omit<Report, 'findings' | 'jobs'> & {
  /** What came of it, in one sentence. */
  readonly headline: string
  readonly findings: readonly DescribedFinding[]
  readonly jobs: readonly DescribedJob[]
}

/** Adds the texts, made of the data, which alone is stored. */
export function describeReport(report: Report): DescribedReport {
  return {
    ...report,
    headline: reportHeadline(report),
    findings: report.findings.map(describeFinding),
    jobs: report.jobs.map(describeJob),
  }
}

/** Adds a job's texts. */
export function describeJob(job: ReportJob): DescribedJob {
  const text = jobText(job)
  const fault = jobFault(job)
  return {
    ...job,
    ...(text ? { text } : {}),
    ...(fault ? { fault, faultText: faultText(fault) } : {}),
    findings: job.findings.map(describeFinding),
  }
}

/** Adds a finding's text. */
export function describeFinding(finding: ReportFinding): DescribedFinding {
  const { code, severity, platform, evidence } = finding
  return { ...finding, ...renderFinding({ code, severity, evidence, ...(platform ? { platform } : {}) }) }
}
