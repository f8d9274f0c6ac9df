import type { ComparisonResponse } from '#lib/api/report-comparison.ts'
import type { ReportDto } from '#lib/api/reports.ts'
import type { StoredContext } from '../context.ts'
import { reportDto } from '../run/run-dto.ts'
import { comparisonDto } from './compare-reports.ts'
import { type ComparableRun, comparableRuns, earlierRun } from './earlier-report.ts'

/** What a comparison's page shows; a side is absent where there is no such report. */
export interface OpenedComparison {
  readonly from?: ReportDto
  readonly to?: ReportDto
  readonly comparison?: ComparisonResponse
  /** What either side may be changed to: the runs of its repository, newest first. */
  readonly choices: { readonly from: readonly ComparableRun[]; readonly to: readonly ComparableRun[] }
}

/** Two stored reports side by side, and which others could stand there. Throws nothing for ids that are unknown. */
export async function openComparison(
  context: StoredContext,
  ids: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<OpenedComparison> {
  const read = async (id: string | undefined) => (id ? context.store.reports.get(id) : undefined)
  const [from, to] = await Promise.all([read(ids.from), read(ids.to)])
  const runsOf = async (report: typeof from) => (report ? comparableRuns(context, report) : undefined)
  const isOneRepository = from && to && repositoryOf(from.pinned) === repositoryOf(to.pinned)
  const ofTo = await runsOf(to ?? from)
  const ofFrom = isOneRepository ? ofTo : await runsOf(from ?? to)
  return {
    ...(from ? { from: reportDto(from) } : {}),
    ...(to ? { to: reportDto(to) } : {}),
    ...(from && to ? { comparison: comparisonDto(from, to) } : {}),
    choices: { from: ofFrom ?? [], to: ofTo ?? [] },
  }
}

/** The id of the run to compare a report with when nobody says; undefined for the first of its repository. */
export async function findEarlierRun(context: StoredContext, id: string): Promise<string | undefined> {
  const report = await context.store.reports.get(id)
  return report && earlierRun(report, await comparableRuns(context, report))?.id
}

function repositoryOf(pinned: string): string {
  return pinned.slice(0, pinned.lastIndexOf('@'))
}
