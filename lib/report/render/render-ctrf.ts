import type { DescribedReport } from '../describe-report.ts'
import { jsonDocument } from './json-document.ts'
import { type ReportSuite, type ReportTest, reportSuites } from './report-suites.ts'
import { type Outcome, outputTail } from './report-words.ts'

/** The version of the Common Test Report Format that is written. */
const SPEC_VERSION = '0.0.0'
const OUTPUT_LIMITS = { maxLength: 16 * 1024, maxLines: 200 }

/** CTRF knows no inconclusive test: `other` is neither green nor red, and `rawStatus` has our word. */
const STATUSES: Readonly<Record<Outcome, 'passed' | 'failed' | 'skipped' | 'other'>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  inconclusive: 'other',
  cancelled: 'other',
}

/** Common Test Report Format (ctrf.io), JSON: a suite per platform and one for the index. */
export function renderCtrf(report: DescribedReport): string {
  const suites = reportSuites(report)
  const tests = suites.flatMap((suite) => suite.tests.map((test) => ctrfTest(test, suite, report)))
  const count = (status: string) => tests.filter((test) => test.status === status).length
  const document = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    runId: report.id,
    timestamp: report.finishedAt,
    generatedBy: 'archway',
    results: {
      tool: { name: 'archway', version: report.archway },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        suites: suites.length,
        start: Date.parse(report.startedAt),
        stop: Date.parse(report.finishedAt),
        duration: Math.round(report.durationMs),
        extra: {
          verdict: report.verdict ?? report.state,
          reference: report.reference,
          pinned: report.pinned,
          leftOut: report.leftOut,
        },
      },
      tests,
    },
  }
  return `${jsonDocument(document, 2)}\n`
}

function ctrfTest(test: ReportTest, { name, job, notes }: ReportSuite, report: DescribedReport) {
  const { outcome, durationMs, message, isExecution } = test
  const labels = {
    platform: name,
    ...(job?.digest === undefined ? {} : { digest: job.digest }),
    ...(job?.execution === undefined ? {} : { mode: job.execution.mode, engine: job.execution.engine }),
    ...(test.code === undefined ? {} : { check: test.code }),
  }
  const output = isExecution ? outputTail(job?.execution?.output ?? '', OUTPUT_LIMITS).text : ''
  const attempts = job?.execution?.attempts ?? 1
  return {
    name: `${name} ${test.name}`,
    status: STATUSES[outcome],
    rawStatus: outcome,
    duration: Math.round(durationMs),
    suite: [report.reference, name],
    message: message,
    labels,
    ...(isExecution && attempts > 1 ? { retries: attempts - 1 } : {}),
    ...(output === '' ? {} : { stdout: output.split('\n') }),
    ...(isExecution && notes.length > 0
      ? {
          extra: {
            notes: notes.map((note) => `${note.severity} ${note.code}: ${note.message}`),
          },
        }
      : {}),
  }
}
