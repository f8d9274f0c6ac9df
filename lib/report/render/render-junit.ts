import type { DescribedJob, DescribedReport } from '../describe-report.ts'
import { type ReportSuite, type ReportTest, reportSuites } from './report-suites.ts'
import { outputTail } from './report-words.ts'
import { visibleLine } from './visible-text.ts'
import { xmlElement, xmlText } from './xml.ts'

/** Of each stream; CI servers keep these files for years. */
const STREAM_MAX_LENGTH = 64 * 1024

/**
 * JUnit XML as Ant wrote it first and Jenkins, GitLab and others read it: a suite per platform and one for the index.
 * What failed is a failure, what is inconclusive or was cancelled an error, what nobody could run is skipped.
 */
export function renderJunit(report: DescribedReport): string {
  const suites = reportSuites(report)
  const tests = suites.flatMap((suite) => suite.tests)
  const root = xmlElement(
    'testsuites',
    {
      name: `archway ${report.reference}`,
      time: seconds(report.durationMs),
      tests: tests.length,
      failures: countFailures(tests),
      errors: countErrors(tests),
    },
    suites.map((suite, id) => suiteElement(suite, id, report)),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}

function suiteElement(suite: ReportSuite, id: number, report: DescribedReport): string {
  const { name, job, tests } = suite
  return `\n${xmlElement(
    'testsuite',
    {
      name,
      package: report.reference,
      id,
      // Without a zone, as the schema wants it: UTC.
      timestamp: report.startedAt.slice(0, 19),
      hostname: visibleLine(job?.engine?.name ?? '') || 'localhost',
      tests: tests.length,
      failures: countFailures(tests),
      errors: countErrors(tests),
      skipped: tests.filter(({ outcome }) => outcome === 'skipped').length,
      time: seconds(tests.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    },
    [
      xmlElement('properties', {}, propertyElements(suite, report)),
      ...tests.map((test) => testElement(test, name, job)),
    ],
  )}`
}

function propertyElements({ job, notes }: ReportSuite, report: DescribedReport): string[] {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['reference', report.reference],
    ['pinned', report.pinned],
    ['report', report.id],
    ['digest', job ? job.digest : report.digest],
    ['verdict', job ? (job.verdict ?? job.state) : undefined],
    ['mode', job?.execution?.mode],
    ['engine', job?.execution?.engine],
    ['kernel', job?.engine?.kernel],
    ['archway', report.archway],
    ...notes.map(({ code, severity, message }) => [code, `${severity}: ${visibleLine(message)}`] as const),
  ]
  return facts.flatMap(([name, value]) =>
    value === undefined ? [] : [xmlElement('property', { name, value })],
  )
}

function testElement(test: ReportTest, suite: string, job: DescribedJob | undefined): string {
  return xmlElement('testcase', { name: test.name, classname: suite, time: seconds(test.durationMs) }, [
    ...resultElements(test),
    ...(test.isExecution ? streamElements(job) : []),
  ])
}

function resultElements({ outcome, message, code }: ReportTest): string[] {
  const said = { message: visibleLine(message) }
  switch (outcome) {
    case 'passed':
      return []
    case 'failed':
      return [xmlElement('failure', { ...said, type: code ?? 'failed' }, [xmlText(message)])]
    case 'skipped':
      return [xmlElement('skipped', said)]
    case 'inconclusive':
    case 'cancelled':
      return [xmlElement('error', { ...said, type: outcome }, [xmlText(message)])]
  }
}

function streamElements(job: DescribedJob | undefined): string[] {
  const streams = { stdout: '', stderr: '' }
  let at = 0
  for (const { stream, length } of job?.execution?.outputParts ?? []) {
    streams[stream] += job?.execution?.output.slice(at, at + length) ?? ''
    at += length
  }
  return [...streamElement('system-out', streams.stdout), ...streamElement('system-err', streams.stderr)]
}

function streamElement(name: string, stream: string): string[] {
  const { text, omitted } = outputTail(stream, { maxLength: STREAM_MAX_LENGTH })
  const before = omitted === 0 ? '' : `… ${omitted} characters before\n`
  return text === '' ? [] : [xmlElement(name, {}, [xmlText(before + text)])]
}

function countFailures(tests: readonly ReportTest[]): number {
  return tests.filter(({ outcome }) => outcome === 'failed').length
}

function countErrors(tests: readonly ReportTest[]): number {
  return tests.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'cancelled').length
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3)
}
