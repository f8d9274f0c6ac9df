import { shortDigest } from '#lib/oci/digest.ts'
import type { DescribedFinding, DescribedJob, DescribedReport } from '../describe-report.ts'
import { unjudgedOf } from '../unjudged-of.ts'
import { markdownBlock, markdownCode, markdownText } from './markdown-text.ts'
import { binariesWord, outcomeText, outputTail, secondsText } from './report-words.ts'

/** So that a program which keeps a pull request up to date finds its own comment again. */
const MARKER = '<!-- archway-report -->'
/** GitHub takes 65,536 characters; these bounds keep a comment below it, whatever the image. */
const MAX_ROWS = 60
const MAX_FINDINGS = 40
const MAX_TESTS = 40
const MAX_ACCEPTED = 20
const MAX_UNJUDGED = 20
const WHY_MAX_LENGTH = 240
const FINDING_MAX_LENGTH = 320
const REPEATED_MAX_LENGTH = 600
const OUTPUT_LIMITS = { maxLength: 2_000, maxLines: 20 }
const MAX_OUTPUTS = 6

/** Markdown for a comment on a pull request: verdict, platforms, findings, what those that did not pass wrote. */
export function renderMarkdown(report: DescribedReport): string {
  const findings = [...report.findings, ...report.jobs.flatMap((job) => job.findings)]
  const blocks = [
    MARKER,
    `### ${outcomeText(report.verdict ?? 'cancelled')}: ${markdownCode(report.reference, 300)}`,
    markdownText(report.headline),
    ...(report.jobs.length === 0 ? [] : [platformTable(report.jobs)]),
    ...(findings.length === 0 ? [] : [findingList(findings)]),
    ...repeated(report.jobs),
    ...acceptedList(report),
    ...unjudgedList(report),
    ...failedTests(report.jobs),
    ...outputs(report.jobs),
    footer(report),
  ]
  return `${blocks.join('\n\n')}\n`
}

function platformTable(jobs: readonly DescribedJob[]): string {
  const rows = jobs.slice(0, MAX_ROWS).map(({ platform, verdict, execution, truths, text = '' }) => {
    const cells = [
      markdownCode(platform, 100),
      outcomeText(verdict ?? 'cancelled'),
      execution === undefined ? '–' : `${execution.mode}, ${secondsText(execution.durationMs)}`,
      markdownText(truths.config?.platform ?? '–', 60),
      markdownText(binariesWord(truths.binaries), 60),
      markdownText(text, WHY_MAX_LENGTH),
    ]
    return `| ${cells.join(' | ')} |`
  })
  const more = jobs.length > MAX_ROWS ? [`| and ${jobs.length - MAX_ROWS} more | | | | | |`] : []
  return [
    '| Platform | Verdict | Ran | Config | Entrypoint | |',
    '|---|---|---|---|---|---|',
    ...rows,
    ...more,
  ].join('\n')
}

function findingList(findings: readonly DescribedFinding[]): string {
  const lines = findings.slice(0, MAX_FINDINGS).map(({ severity, code, platform, title, message }) => {
    const where = platform === undefined ? '' : ` on ${markdownCode(platform, 100)}`
    return `- **${severity}** ${code}${where}: ${title}. ${markdownText(message, FINDING_MAX_LENGTH)}`
  })
  const more = findings.length > MAX_FINDINGS ? [`- and ${findings.length - MAX_FINDINGS} more`] : []
  return ['**Findings**', '', ...lines, ...more].join('\n')
}

/** What repeating a run on other processors and with larger pages has shown. */
function repeated(jobs: readonly DescribedJob[]): string[] {
  const lines = jobs.flatMap(({ platform, repeatTexts = [] }) =>
    repeatTexts.map((text) => `- ${markdownCode(platform, 100)}: ${markdownText(text, REPEATED_MAX_LENGTH)}`),
  )
  return lines.length === 0 ? [] : [['**Repeated**', '', ...lines.slice(0, MAX_ROWS)].join('\n')]
}

/** What the policy accepts is told, so that nobody takes it for clean. */
function acceptedList({ accepted = [], jobs }: DescribedReport): string[] {
  const all = [...accepted, ...jobs.flatMap((job) => job.accepted ?? [])]
  if (all.length === 0) return []
  const lines = all.slice(0, MAX_ACCEPTED).map(({ code, platform, title, reason, expires }) => {
    const where = platform === undefined ? '' : ` on ${markdownCode(platform, 100)}`
    return `- ${code}${where}: ${title}. Accepted until ${expires}: ${markdownText(reason, 200)}`
  })
  const more = all.length > MAX_ACCEPTED ? [`- and ${all.length - MAX_ACCEPTED} more`] : []
  return [['**Accepted by the policy**', '', ...lines, ...more].join('\n')]
}

/** What nobody looked at is told, so that silence is not taken for a pass. */
function unjudgedList(report: DescribedReport): string[] {
  const all = unjudgedOf(report)
  if (all.length === 0) return []
  const lines = all.slice(0, MAX_UNJUDGED).map(({ codes, platforms, message }) => {
    const where = platforms.length === 0 ? '' : ` on ${markdownText(platforms.join(', '), 120)}`
    return `- ${codes.join(', ')}${where}: ${markdownText(message, 200)}`
  })
  const more = all.length > MAX_UNJUDGED ? [`- and ${all.length - MAX_UNJUDGED} more`] : []
  return [['**Not looked at**', '', ...lines, ...more].join('\n')]
}

/** The tests that did not pass, platform by platform. */
function failedTests(jobs: readonly DescribedJob[]): string[] {
  const bad = jobs.flatMap(({ platform, tests = [] }) =>
    tests.filter(({ verdict }) => verdict !== 'passed').map((test) => ({ platform, ...test })),
  )
  if (bad.length === 0) return []
  const lines = bad.slice(0, MAX_TESTS).map(({ platform, name, verdict, messages }) => {
    const why = markdownText(messages[0] ?? '', WHY_MAX_LENGTH)
    return `- **${verdict}** ${markdownText(name, 120)} on ${markdownCode(platform, 100)}: ${why}`
  })
  const more = bad.length > MAX_TESTS ? [`- and ${bad.length - MAX_TESTS} more`] : []
  return [['**Tests**', '', ...lines, ...more].join('\n')]
}

/** Folded, and only of platforms that did not pass. */
function outputs(jobs: readonly DescribedJob[]): string[] {
  const telling = jobs.filter(({ verdict, execution }) => verdict !== 'passed' && execution?.output.trim())
  return telling.slice(0, MAX_OUTPUTS).map(({ platform, execution }) => {
    const { text, omitted } = outputTail((execution?.output ?? '').trimEnd(), OUTPUT_LIMITS)
    const what = omitted === 0 && !execution?.outputTruncated ? 'What it wrote' : 'The end of what it wrote'
    return [
      `<details><summary>${what} on ${markdownText(platform, 100)}</summary>`,
      '',
      markdownBlock(text),
      '',
      '</details>',
    ].join('\n')
  })
}

function footer({ digest, finishedAt, durationMs, archway, id }: DescribedReport): string {
  const when = finishedAt.slice(0, 16).replace('T', ' ')
  return `<sub>Pinned to ${markdownCode(shortDigest(digest), 100)} · ${when} UTC · ${secondsText(durationMs)} · Archway ${markdownText(archway)} · report ${markdownText(id)}</sub>`
}
