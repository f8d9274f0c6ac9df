import type { Truth } from '#components/report/truth-cell-model.ts'
import type { ComparisonResponse } from '#lib/api/report-comparison.ts'
import type { ReportDto, ReportJobDto } from '#lib/api/reports.ts'
import type { ChangeLine, SideCell } from './change-line.ts'

/** Where a finding could have been made. */
interface FindingSide {
  readonly report: ReportDto
  readonly job?: ReportJobDto
  readonly href?: string
}

type FindingChange = ComparisonResponse['findings'][number]

const SEVERITIES: Readonly<Record<FindingChange['severity'], Truth>> = {
  error: { tone: 'fail', word: 'Error' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'info', word: 'Note' },
}
const NONE: Truth = { tone: 'pass', word: 'Not found' }
const UNSEEN: Truth = { tone: 'doubt', word: 'Not looked at' }
const ACCEPTED: Truth = { tone: 'skip', word: 'Accepted' }

/** Findings that differ, as lines; `Not found` is said only of where somebody looked. */
export function findingChanges(
  findings: readonly FindingChange[],
  from: FindingSide,
  to: FindingSide,
): ChangeLine[] {
  return findings.map((finding): ChangeLine => {
    const { platform, title, code, message, presence, change } = finding
    const cells = cellsOf(finding, from)
    const why = change === 'unclear' ? unseenText(to, code) : undefined
    const isOfPolicy = presence === 'accepted' || presence === 'unaccepted'
    return {
      group: isOfPolicy ? 'accepted' : change === 'same' ? 'other' : change,
      ...(platform === undefined ? {} : { platform }),
      what: title,
      code,
      from: linked(cells.from, from),
      to: linked(cells.to, to),
      text: why === undefined ? message : `${message} ${why}`,
    }
  })
}

function linked(cell: Truth, { href }: FindingSide): SideCell {
  return href === undefined ? cell : { ...cell, href }
}

function cellsOf(
  { presence, severity, was, change, code }: FindingChange,
  before: FindingSide,
): { readonly from: Truth; readonly to: Truth } {
  const weight = SEVERITIES[severity]
  switch (presence) {
    case 'new':
      return { from: wasLookedAt(before, code) ? NONE : UNSEEN, to: weight }
    case 'gone':
      return { from: weight, to: change === 'unclear' ? UNSEEN : NONE }
    case 'severity':
      return { from: was ? SEVERITIES[was] : weight, to: weight }
    case 'accepted':
      return { from: found(before, code, weight), to: ACCEPTED }
    case 'unaccepted':
      return { from: ACCEPTED, to: weight }
  }
}

/** Accepted now: it was there before and counted, or it is new. */
function found({ report, job }: FindingSide, code: string, weight: Truth): Truth {
  return (job ?? report).findings.some((finding) => finding.code === code) ? weight : NONE
}

/** Registry checks always look; of the others it is known by what the report lists. */
function wasLookedAt({ report, job }: FindingSide, code: string): boolean {
  if (/^(COV|META|SUP)-/.test(code)) return true
  if (code.startsWith('RUN-')) return job?.execution !== undefined
  const { checked = [], unjudged = [] } = job ?? report
  if (/^ELF-00[13]$/.test(code)) return job?.truths.binaries !== undefined
  return checked.includes(code) && !unjudged.some(({ codes }) => codes.includes(code))
}

/** Why nobody looked for it later. */
function unseenText({ report, job }: FindingSide, code: string): string {
  const gap = (job ?? report).unjudged?.find(({ codes }) => codes.includes(code))
  if (gap) return `Not judged in the later report: ${gap.message}.`
  if (job?.verdict === 'skipped' || job?.verdict === 'inconclusive')
    return `Not judged in the later report. ${job.text ?? ''}`.trim()
  return 'Not judged in the later report: nobody looked.'
}
