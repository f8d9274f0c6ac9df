import { renderFinding } from '#lib/checks/render-finding.ts'
import { unjudgedText } from '#lib/checks/unjudged.ts'
import { reportHeadline } from './headline.ts'
import { type Fault, faultText, jobFault } from './job-fault.ts'
import { jobText } from './job-text.ts'
import type { AcceptedFinding, Report, ReportJob } from './model.ts'
import { machineText, repeatTexts } from './repeat-text.ts'

type ReportFinding = Report['findings'][number]

/** A finding with its text. */
export type DescribedFinding = ReportFinding & { readonly title: string; readonly message: string }

/** The same of a finding that the policy accepts, with the reason. */
export type DescribedAccepted = AcceptedFinding & DescribedFinding

/** What checks could not look at, with the reason in words. */
export type DescribedUnjudged = NonNullable<Report['unjudged']>[number] & { readonly message: string }

/** A job with the texts of its findings, why it has its verdict and whose fault that is, what executed it. */
export type DescribedJob = Omit<ReportJob, 'findings' | 'accepted' | 'unjudged'> & {
  readonly accepted?: DescribedAccepted[]
  readonly unjudged?: DescribedUnjudged[]
  readonly text?: string
  readonly fault?: Fault
  readonly faultText?: string
  readonly machineText?: string
  readonly repeatTexts?: string[]
  readonly findings: readonly DescribedFinding[]
}

/** A report with all its texts: what goes out as JSON. `report` reads it back, without them. */
export type DescribedReport = Omit<Report, 'findings' | 'accepted' | 'unjudged' | 'jobs'> & {
  readonly accepted?: DescribedAccepted[]
  readonly unjudged?: DescribedUnjudged[]
  /** What came of it, in one sentence. */
  readonly headline: string
  readonly findings: readonly DescribedFinding[]
  readonly jobs: readonly DescribedJob[]
}

/** Adds the texts, made of the data, which alone is stored. */
export function describeReport(report: Report): DescribedReport {
  const { accepted, unjudged, ...rest } = report
  return {
    ...rest,
    headline: reportHeadline(report),
    findings: report.findings.map(describeFinding),
    ...(accepted ? { accepted: accepted.map(describeAccepted) } : {}),
    ...(unjudged ? { unjudged: unjudged.map(describeUnjudged) } : {}),
    jobs: report.jobs.map(describeJob),
  }
}

/** Adds a job's texts. */
export function describeJob(job: ReportJob): DescribedJob {
  const text = jobText(job)
  const fault = jobFault(job)
  const machine = job.engine && machineText(job.engine)
  const repeated = repeatTexts(job)
  const { accepted, unjudged, ...rest } = job
  return {
    ...rest,
    ...(text ? { text } : {}),
    ...(fault ? { fault, faultText: faultText(fault) } : {}),
    ...(machine ? { machineText: machine } : {}),
    ...(repeated.length > 0 ? { repeatTexts: repeated } : {}),
    findings: job.findings.map(describeFinding),
    ...(accepted ? { accepted: accepted.map(describeAccepted) } : {}),
    ...(unjudged ? { unjudged: unjudged.map(describeUnjudged) } : {}),
  }
}

/** Adds the text of a finding that is accepted. */
function describeAccepted({ reason, expires, ...finding }: AcceptedFinding): DescribedAccepted {
  return { ...describeFinding(finding), reason, expires }
}

function describeUnjudged(unjudged: NonNullable<Report['unjudged']>[number]): DescribedUnjudged {
  return { ...unjudged, message: unjudgedText(unjudged) }
}

/** Adds a finding's text. */
export function describeFinding(finding: ReportFinding): DescribedFinding {
  const { code, severity, platform, evidence } = finding
  return { ...finding, ...renderFinding({ code, severity, evidence, ...(platform ? { platform } : {}) }) }
}
