import { maskEnv, maskEnvInText } from './mask-env.ts'
import type { Report, ReportExecution, ReportJob } from './model.ts'

/**
 * A report as anybody may see it who has its link: the values that the run's environment was given are masked, also
 * where the program printed them or a message repeats them. The image's own environment is in no report.
 */
export function maskReport(report: Report): Report {
  const { env } = report.profile
  if (env === undefined) return report
  const mask = (text: string) => maskEnvInText(text, env)
  return {
    ...report,
    profile: { ...maskTexts(report.profile, mask), env: maskEnv(env) },
    findings: report.findings.map((finding) => ({ ...finding, evidence: maskTexts(finding.evidence, mask) })),
    jobs: report.jobs.map((job) => maskJob(job, mask)),
  }
}

function maskJob(job: ReportJob, mask: (text: string) => string): ReportJob {
  return {
    ...job,
    ...(job.ending ? { ending: { ...job.ending, evidence: maskTexts(job.ending.evidence, mask) } } : {}),
    ...(job.execution ? { execution: maskOutput(job.execution, mask) } : {}),
    findings: job.findings.map((finding) => ({ ...finding, evidence: maskTexts(finding.evidence, mask) })),
  }
}

/** Part by part, so that lengths still fit. */
function maskOutput(execution: ReportExecution, mask: (text: string) => string): ReportExecution {
  let at = 0
  const parts = execution.outputParts.map(({ stream, length }) => {
    const text = mask(execution.output.slice(at, at + length))
    at += length
    return { stream, text }
  })
  return {
    ...execution,
    output: parts.map(({ text }) => text).join(''),
    outputParts: parts.map(({ stream, text }) => ({ stream, length: text.length })),
  }
}

/** Every text in a value; keys and numbers stay. */
function maskTexts<T>(value: T, mask: (text: string) => string): T {
  if (typeof value === 'string') return mask(value) as T
  if (Array.isArray(value)) return value.map((item) => maskTexts(item, mask)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskTexts(item, mask)])) as T
}
