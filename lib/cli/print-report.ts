import { unjudgedText } from '#lib/checks/unjudged.ts'
import type { DescribedJob, DescribedReport } from '#lib/report/describe-report.ts'
import { secondsText } from '#lib/report/render/report-words.ts'
import { seenTexts } from '#lib/report/service-text.ts'
import { findingLines, paint, print } from './output.ts'
import { renderTable, safeText } from './table.ts'
import { verdictWord } from './verdict-word.ts'

/** The end of a program's output tells most; `--json` has all that was kept. */
const SHOWN_LINES = 20

/** Writes a report for people: a row a platform, what each wrote, findings, the verdict. */
export function printReport(report: DescribedReport): void {
  print(paint('bold', safeText(report.reference)), `${report.kind}  ${report.digest}`, '')
  if (report.jobs.length > 0) print(...jobTable(report.jobs), '')
  for (const text of sharedTexts(report.jobs)) print(paint('warn', safeText(text)), '')
  for (const job of report.jobs) printService(job)
  for (const job of report.jobs) printOutput(job)
  for (const job of report.jobs) printTests(job)
  const repeated = report.jobs.flatMap(({ platform, repeatTexts = [] }) =>
    repeatTexts.map((text) => `${paint('bold', safeText(platform))}  ${safeText(text)}`),
  )
  if (repeated.length > 0) print(...repeated, '')
  const findings = [...report.findings, ...report.jobs.flatMap((job) => job.findings)]
  const lines = findingLines(findings.map((finding) => ({ ...finding, evidence: { ...finding.evidence } })))
  if (lines.length > 0) print(...lines, '')
  const accepted = [...(report.accepted ?? []), ...report.jobs.flatMap((job) => job.accepted ?? [])]
  for (const { code, platform = '', title, reason, expires } of accepted)
    print(paint('dim', safeText(`accepted until ${expires}: ${code} ${platform} ${title} (“${reason}”)`)))
  for (const gap of gapsOf(report)) print(paint('dim', safeText(`not judged: ${gap}`)))
  if (report.profileOrigin) print(paint('dim', `profile: ${safeText(report.profileOrigin.name)}`))
  if (report.leftOut.length > 0) print(paint('dim', `left out: ${safeText(report.leftOut.join(', '))}`))
  print(`${summary(report)} ${paint('dim', `in ${secondsText(report.durationMs)}`)}`)
}

/** What several platforms say in the same words, as that there is no engine: said once, below the table. */
function sharedTexts(jobs: readonly DescribedJob[]): readonly string[] {
  const ofEngine = jobs.filter(({ ending }) => ending?.reason === 'no-engine')
  const byText = Map.groupBy(ofEngine, ({ text = '' }) => text)
  return [...byText].flatMap(([text, same]) => (same.length > 1 && text !== '' ? [text] : []))
}

function jobTable(jobs: readonly DescribedJob[]): string[] {
  const shared = sharedTexts(jobs)
  return renderTable(
    [
      { title: 'PLATFORM' },
      { title: 'VERDICT' },
      { title: 'HOW' },
      { title: 'BINARIES' },
      { title: 'TIME', align: 'right' },
      { title: '' },
    ],
    jobs.map((job) => [
      safeText(job.platform),
      verdictWord(job.verdict ?? job.state, job.verdict, process.stdout),
      job.execution?.mode ?? '-',
      binaries(job),
      job.execution ? secondsText(job.execution.durationMs) : '-',
      shared.includes(job.text ?? '') ? 'no engine' : safeText(why(job)),
    ]),
  )
}

/** A failed job is the image’s fault by definition; an inconclusive one says whose it is. */
function why({ text = '', verdict, faultText }: DescribedJob): string {
  return verdict === 'inconclusive' && faultText ? `${text} At fault: ${faultText}.` : text
}

/** The entrypoint's own: the only binaries that were looked at. */
function binaries({ truths }: DescribedJob): string {
  const elf = truths.binaries?.programs.at(-1)?.elf.split(',')[0]
  if (elf === undefined) return '-'
  return paint(truths.binaries?.match === 'match' ? 'pass' : 'fail', elf)
}

/** What the checks of the layers could not look at, once however many platforms it concerns. */
function gapsOf(report: DescribedReport): readonly string[] {
  const gaps = [...(report.unjudged ?? []), ...report.jobs.flatMap((job) => job.unjudged ?? [])]
  const byReason = Map.groupBy(gaps, (gap) => unjudgedText(gap))
  return [...byReason].map(([reason, same]) => {
    const platforms = [...new Set(same.flatMap((gap) => gap.platforms))]
    return `${platforms.join(', ')}${platforms.length > 0 ? ': ' : ''}${reason}`
  })
}

function printOutput({ platform, execution }: DescribedJob): void {
  const lines = execution?.output.replace(/\r?\n$/, '').split(/\r?\n/) ?? []
  if (execution === undefined || execution.output === '') return
  print(paint('bold', safeText(platform)))
  if (lines.length > SHOWN_LINES) print(paint('dim', `  … ${lines.length - SHOWN_LINES} lines before`))
  print(...lines.slice(-SHOWN_LINES).map((line) => `  ${safeText(line)}`))
  if (execution.outputTruncated) print(paint('dim', '  … and more than is kept'))
  print('')
}

/** What answered where, and when. */
function printService({ platform, execution }: DescribedJob): void {
  const lines = seenTexts(execution?.service ?? {})
  if (lines.length === 0) return
  print(paint('bold', safeText(platform)))
  print(...lines.map(([name, text]) => `  ${name} ${safeText(text)}`), '')
}

/** Tests that did not pass one by one, those that did in one line. */
function printTests({ platform, tests = [] }: DescribedJob): void {
  if (tests.length === 0) return
  const passed = tests.filter(({ verdict }) => verdict === 'passed').length
  print(`${paint('bold', safeText(platform))}  ${passed} of ${tests.length} tests passed`)
  for (const { name, verdict, messages } of tests.filter((test) => test.verdict !== 'passed')) {
    print(`  ${verdictWord(verdict, verdict, process.stdout)}  ${safeText(name)}`)
    print(...messages.map((message) => `      ${safeText(message)}`))
  }
  print('')
}

function summary(report: DescribedReport): string {
  if (report.verdict === undefined) return paint('warn', 'cancelled')
  const count = report.jobs.filter((job) => job.verdict === 'passed').length
  const word = verdictWord(report.verdict, report.verdict, process.stdout)
  return `${word}: ${count} of ${report.jobs.length} platforms passed`
}
