import type { ReportDto } from '#lib/api/reports.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { StoredContext } from '../context.ts'
import { reportDto } from '../run/run-dto.ts'

/** The report of a run, with its texts. Needs neither registry nor engine. Throws `not_found`. */
export async function getReport({ store }: StoredContext, id: string): Promise<ReportDto> {
  const report = await store.reports.get(id)
  if (report) return reportDto(report)
  throw noSuchReport()
}

/** What asking for the report of an unknown run comes to, or of one that is not over. */
export function noSuchReport(): AppError {
  return new AppError('not_found', 'There is no such report here.', {
    hint: 'A run has its report once it is over: GET /api/v1/runs/ID tells.',
  })
}
