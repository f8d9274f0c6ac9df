import { createHash } from 'node:crypto'
import type { DescribedJob, DescribedReport } from '../describe-report.ts'
import { jsonDocument } from './json-document.ts'
import { INDEX_SUITE, type ReportSuite, type ReportTest, reportSuites } from './report-suites.ts'

/** Larger ones are named by their digest alone: a descriptor’s content should stay below 1 KB. */
const CONTENT_MAX_BYTES = 1_024

/**
 * in-toto statements of predicate type test-result v0.1, unsigned, one a line: one for each platform that has a
 * digest, and last one for the index. `PASSED` is said of what passed and of nothing else: the predicate knows no
 * inconclusive result, so whatever did not pass is `FAILED`, and the field `archway` has the verdict and the tests that
 * neither passed nor failed, with the reason. A pass with warnings is `WARNED`, and so is one of which
 * platforms were left out or checks could not look at something.
 */
export function renderInToto(report: DescribedReport): string {
  const suites = reportSuites(report)
  const platforms = suites.flatMap((suite) =>
    suite.job?.digest === undefined || report.kind === 'image'
      ? []
      : [platformStatement(suite, suite.job, suite.job.digest, report)],
  )
  return [...platforms, wholeStatement(suites, report)]
    .map((statement) => `${jsonDocument(statement)}\n`)
    .join('')
}

function platformStatement(suite: ReportSuite, job: DescribedJob, digest: string, report: DescribedReport) {
  return statement({
    name: `${repositoryName(report)}@${job.platform}`,
    digest,
    suites: [suite],
    verdict: job.verdict ?? job.state,
    warned: [],
    jobs: [job],
    report,
  })
}

function wholeStatement(suites: readonly ReportSuite[], report: DescribedReport) {
  return statement({
    name: repositoryName(report),
    digest: report.digest,
    suites: suites.filter(({ job, name }) => job !== undefined || name === INDEX_SUITE),
    verdict: report.verdict ?? report.state,
    warned: report.leftOut.map((platform) => `${platform}: left out`),
    jobs: report.jobs,
    report,
  })
}

interface StatementParts {
  readonly name: string
  readonly digest: string
  readonly suites: readonly ReportSuite[]
  readonly verdict: string
  readonly warned: readonly string[]
  readonly jobs: readonly DescribedJob[]
  readonly report: DescribedReport
}

function statement({ name, digest, suites, verdict, warned, jobs, report }: StatementParts) {
  const tests = suites.flatMap((suite) =>
    suite.tests.map((test) => ({ ...test, name: `${suite.name}: ${test.name}` })),
  )
  const named = (wanted: ReportTest['outcome']) =>
    tests.filter(({ outcome }) => outcome === wanted).map((test) => test.name)
  const notes = suites.flatMap((suite) =>
    suite.notes
      .filter(({ severity }) => severity === 'warning')
      .map(({ code, title }) => `${suite.name}: ${code} ${title}`),
  )
  const unjudged = tests.filter(({ isUnjudged }) => isUnjudged).map((test) => test.name)
  const warnedTests = [...new Set([...notes, ...warned, ...unjudged])]
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name, digest: digestSet(digest) }],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: verdict !== 'passed' ? 'FAILED' : warnedTests.length > 0 ? 'WARNED' : 'PASSED',
      configuration: configuration(report, jobs),
      passedTests: named('passed'),
      warnedTests,
      failedTests: named('failed'),
      archway: {
        verdict,
        report: report.id,
        reference: report.reference,
        startedAt: report.startedAt,
        finishedAt: report.finishedAt,
        undecidedTests: tests
          .filter(({ outcome }) => outcome !== 'passed' && outcome !== 'failed')
          .map((test) => ({ name: test.name, outcome: test.outcome, reason: test.message })),
      },
    },
  }
}

/** Resource descriptors of what the result depends on: who asked what of it, and on what it ran. */
function configuration({ archway, profile }: DescribedReport, jobs: readonly DescribedJob[]) {
  const content = Buffer.from(JSON.stringify(profile))
  return [
    { name: 'archway', uri: `pkg:generic/archway@${encodeURIComponent(archway)}` },
    {
      name: 'profile',
      mediaType: 'application/json',
      digest: { sha256: createHash('sha256').update(content).digest('hex') },
      ...(content.length > CONTENT_MAX_BYTES ? {} : { content: content.toString('base64') }),
    },
    ...jobs.flatMap(({ platform, engine, execution, submitted }) =>
      engine === undefined
        ? []
        : [
            {
              name: `engine of ${platform}`,
              uri: `pkg:generic/${engine.kind}@${encodeURIComponent(engine.version)}`,
              annotations: {
                ...(execution ? { mode: execution.mode } : {}),
                architecture: engine.architecture,
                kernel: engine.kernel,
                ...(engine.emulator === undefined ? {} : { emulator: engine.emulator }),
                ...(engine.cpu === undefined ? {} : { cpu: engine.cpu }),
                ...(engine.pageSizeBytes === undefined ? {} : { pageSizeBytes: engine.pageSizeBytes }),
                ...(submitted ? { submittedBy: submitted.by } : {}),
              },
            },
          ],
    ),
  ]
}

/** Without the digest, which the subject has. */
function repositoryName({ pinned }: DescribedReport): string {
  return pinned.slice(0, pinned.lastIndexOf('@'))
}

function digestSet(digest: string): Record<string, string> {
  const colon = digest.indexOf(':')
  return { [digest.slice(0, colon)]: digest.slice(colon + 1) }
}
