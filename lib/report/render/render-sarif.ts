import { CHECK_INFO, type CheckCode } from '#lib/checks/info.ts'
import type { DescribedFinding, DescribedJob, DescribedReport } from '../describe-report.ts'
import { jsonDocument } from './json-document.ts'

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const
/** The check that an execution which could not be judged would have answered. */
const EXECUTION_CHECK: CheckCode = 'RUN-001'

type Unjudged = NonNullable<DescribedReport['unjudged']>[number]

/**
 * SARIF 2.1.0 as text: a run per platform, and one for the index. A finding is a result. A platform that is
 * inconclusive, skipped or cancelled has a result of kind `open` (§3.27.9: not enough information to decide) and an
 * invocation that says it was not successful, so that an empty list of errors is not taken for a pass. What a check could
 * not look at is a notification of the check (§3.58), and in `properties.unjudged`.
 */
export function renderSarif(report: DescribedReport): string {
  return `${jsonDocument(sarifLog(report), 2)}\n`
}

/** The same as an object. */
export function sarifLog(report: DescribedReport) {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0' as const,
    runs: [sarifRun(report), ...report.jobs.map((job) => sarifRun(report, job))],
  }
}

function sarifRun(report: DescribedReport, job?: DescribedJob) {
  const findings = job?.findings ?? report.findings
  const undecided = job === undefined ? undefined : undecidedResult(report, job)
  const { checked, unjudged = [] } = job ?? report
  const notifications = [
    ...(undecided ? [{ level: 'warning' as const, message: { text: undecided.message.text } }] : []),
    ...unjudged.map(notificationOf),
  ]
  const codes = [...new Set([...findings.map(({ code }) => code), ...(undecided ? [EXECUTION_CHECK] : [])])]
  const rules = codes.sort()
  const place = job?.platform ?? 'index'
  const verdict = job === undefined ? (report.verdict ?? report.state) : (job.verdict ?? job.state)
  const isDecided = verdict === 'passed' || verdict === 'failed'
  return {
    tool: {
      driver: {
        name: 'Archway',
        semanticVersion: report.archway,
        rules: rules.map(ruleOf),
      },
    },
    automationDetails: { id: `archway/${report.reference}/${place}/` },
    invocations: [
      {
        executionSuccessful: isDecided,
        startTimeUtc: report.startedAt,
        endTimeUtc: report.finishedAt,
        ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
      },
    ],
    results: [
      ...findings.map((finding) => resultOf(finding, place, report, job)),
      ...(undecided ? [undecided] : []),
    ].map((result) => ({ ...result, ruleIndex: rules.indexOf(result.ruleId) })),
    columnKind: 'utf16CodeUnits' as const,
    properties: {
      verdict,
      pinned: report.pinned,
      report: report.id,
      ...(job?.digest === undefined ? {} : { digest: job.digest }),
      ...(job?.execution === undefined ? {} : { mode: job.execution.mode }),
      ...(checked === undefined ? {} : { checked }),
      ...(unjudged.length === 0 ? {} : { unjudged }),
    },
  }
}

function notificationOf({ codes, platforms, message }: Unjudged) {
  const where = platforms.length === 0 ? '' : `${platforms.join(', ')}: `
  return { level: 'note' as const, message: { text: `${where}${codes.join(', ')} not judged: ${message}.` } }
}

function ruleOf(code: CheckCode) {
  const { title, why, fix, severity } = CHECK_INFO[code]
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${fix}` },
    defaultConfiguration: { level: LEVELS[severity] },
  }
}

function resultOf(finding: DescribedFinding, place: string, report: DescribedReport, job?: DescribedJob) {
  const { code, severity, message, title, evidence } = finding
  const where = finding.platform ?? place
  const path = typeof evidence.path === 'string' ? evidence.path : undefined
  return {
    ruleId: code,
    kind: 'fail' as const,
    level: LEVELS[severity],
    message: { text: message || title },
    locations: [locationOf(report, where, job?.digest, path)],
    partialFingerprints: { 'archwayFinding/v1': `${report.reference} ${where} ${code} ${path ?? ''}`.trim() },
  }
}

function undecidedResult(report: DescribedReport, job: DescribedJob) {
  const verdict = job.verdict ?? job.state
  if (verdict === 'passed' || verdict === 'failed') return undefined
  return {
    ruleId: EXECUTION_CHECK,
    kind: 'open' as const,
    level: 'none' as const,
    message: { text: `${job.platform} is ${verdict}: ${job.text ?? 'the run was cancelled.'}` },
    locations: [locationOf(report, job.platform, job.digest)],
    partialFingerprints: { 'archwayFinding/v1': `${report.reference} ${job.platform} ${verdict}` },
  }
}

/** Code scanning wants a relative path and a line; the logical location tells which image it is in. */
function locationOf(report: DescribedReport, place: string, digest: string | undefined, path?: string) {
  const inside = path === undefined ? place : path.replace(/^\/+/, '')
  const repository = report.pinned.slice(0, report.pinned.lastIndexOf('@'))
  const name = `${repository}@${digest ?? report.digest}!${place}${path === undefined ? '' : `!${path}`}`
  return {
    physicalLocation: {
      artifactLocation: { uri: inside.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: 1 },
    },
    logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }],
  }
}
