import { jobAnchor } from '#components/report/job-anchor.ts'
import type { Truth } from '#components/report/truth-cell-model.ts'
import { jobExecutionTruth, truthsRow } from '#components/report/truths-model.ts'
import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import type { ComparisonResponse } from '#lib/api/report-comparison.ts'
import type { ReportDto, ReportJobDto } from '#lib/api/reports.ts'
import { reportPath } from '#lib/client/page-paths.ts'
import { pairJobs } from '#lib/report/change.ts'
import type { ChangeLine, SideCell } from './change-line.ts'
import { findingChanges } from './finding-changes.ts'

/** What a comparison's page puts side by side. */
export interface ComparedReports {
  readonly from: ReportDto
  readonly to: ReportDto
  readonly comparison: ComparisonResponse
}

/** One platform: its verdict in either report, each with a way into it. */
export interface PlatformLine {
  readonly platform: string
  readonly change: ComparisonResponse['outcome']
  /** `left out`: in one report alone because nobody asked for it. */
  readonly presence?: 'new' | 'gone' | 'left out'
  readonly from: SideCell
  readonly to: SideCell
}

const NOBODY: Truth = { tone: 'skip', word: 'Not looked at' }
const TRUTHS = {
  config: 'Config says',
  engine: 'Engine says',
  binaries: 'Binaries are',
  execution: 'It ran',
} as const

/** Every platform of both reports with its verdicts, in the fixed order. */
export function platformLines({ from, to, comparison }: ComparedReports): PlatformLine[] {
  const pairs = pairJobs(from.jobs, to.jobs)
  return comparison.platforms.map(({ platform, change, presence }, at) => ({
    platform,
    change,
    ...(presence === 'both'
      ? {}
      : { presence: [...from.leftOut, ...to.leftOut].includes(platform) ? ('left out' as const) : presence }),
    from: verdictCell(from, pairs[at]?.from, platform),
    to: verdictCell(to, pairs[at]?.to, platform),
  }))
}

function verdictCell(report: ReportDto, job: ReportJobDto | undefined, platform: string): SideCell {
  if (job === undefined)
    return report.leftOut.includes(platform)
      ? { tone: 'skip', word: 'Left out' }
      : { tone: 'skip', word: 'Not there' }
  const { tone, word } = job.verdict
    ? VERDICT_LOOKS[job.verdict]
    : ({ tone: 'skip', word: 'Cancelled' } as const)
  const { word: how, note } = jobExecutionTruth(job)
  const notes = [...(how === word ? [] : [how]), ...(note === undefined ? [] : [note])].join(' · ')
  return { tone, word, ...(notes === '' ? {} : { note: notes }), href: hrefOf(report, job.platform) }
}

/** Everything that differs, those of the whole image first, then platform by platform. */
export function changeLines(reports: ComparedReports): ChangeLine[] {
  const { from, to, comparison } = reports
  const pairs = pairJobs(from.jobs, to.jobs)
  return [
    ...findingChanges(comparison.findings, { report: from }, { report: to }),
    ...comparison.platforms.flatMap((changed, at): ChangeLine[] => {
      const { platform, change, truths, tests, findings } = changed
      const before = pairs[at]?.from
      const after = pairs[at]?.to
      if (before === undefined || after === undefined) {
        const text = after?.verdict === 'passed' ? undefined : after?.text
        return [
          {
            group: change === 'same' ? 'other' : change,
            platform,
            what: absenceOf(changed, (before ? to : from).leftOut),
            from: verdictCell(from, before, platform),
            to: verdictCell(to, after, platform),
            ...(text === undefined ? {} : { text }),
          },
        ]
      }
      const links = { from: hrefOf(from, before.platform), to: hrefOf(to, after.platform) }
      return [
        ...truths.map((truth): ChangeLine => {
          const text = truth.truth === 'execution' && truth.to !== 'passed' ? after.text : undefined
          return {
            group: truth.change === 'same' ? 'other' : truth.change,
            platform,
            what: TRUTHS[truth.truth],
            from: { ...truthOf(from, before, truth.truth), href: links.from },
            to: { ...truthOf(to, after, truth.truth), href: links.to },
            ...(text === undefined ? {} : { text }),
          }
        }),
        ...tests.map((test): ChangeLine => {
          const [message] = after.tests?.find(({ name }) => name === test.name)?.messages ?? []
          return {
            group: test.change === 'same' ? 'other' : test.change,
            platform,
            what: test.name,
            code: 'RUN-005',
            from: { ...testCell(test.from), href: links.from },
            to: { ...testCell(test.to), href: links.to },
            ...(message === undefined || test.to === 'passed' ? {} : { text: message }),
          }
        }),
        ...findingChanges(
          findings.map((finding) => ({ ...finding, platform })),
          { report: from, job: before, href: links.from },
          { report: to, job: after, href: links.to },
        ),
      ]
    }),
  ]
}

/** Why a platform is in one report alone. */
function absenceOf(
  { platform, presence }: ComparisonResponse['platforms'][number],
  leftOut: readonly string[],
): string {
  if (leftOut.includes(platform))
    return `Left out ${presence === 'new' ? 'before' : 'after'}: nobody asked to run it`
  return presence === 'new' ? 'New platform' : 'The platform is gone'
}

function truthOf(report: ReportDto, job: ReportJobDto, truth: keyof typeof TRUTHS): Truth {
  if (truth !== 'engine') return truthsRow(job, report.kind)[truth]
  const said = job.truths.engine
  return said ? { tone: said.agrees ? 'pass' : 'fail', word: said.platform, isStated: true } : NOBODY
}

function testCell(verdict: keyof typeof VERDICT_LOOKS | undefined): Truth {
  return verdict ? VERDICT_LOOKS[verdict] : { tone: 'skip', word: 'Not asked' }
}

function hrefOf({ id }: ReportDto, platform: string): string {
  return `${reportPath(id)}#${jobAnchor(platform)}`
}

/** Platforms of which everything is as it was. */
export function unchangedPlatforms(lines: readonly PlatformLine[], changes: readonly ChangeLine[]): string[] {
  return lines
    .filter(
      ({ platform, change }) => change === 'same' && !changes.some((line) => line.platform === platform),
    )
    .map(({ platform }) => platform)
}
