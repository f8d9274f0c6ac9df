import type { Report } from '#lib/report/model.ts'
import { REPORT_FORMATS, type ReportFormatName, reportFileName } from '#lib/report/render/format-list.ts'
import { renderReport } from '#lib/report/render/render-report.ts'
import type { StoredContext } from '../context.ts'
import { noSuchReport } from './get-report.ts'

/** A report made into a file. */
export interface ReportDocument {
  readonly text: string
  readonly mediaType: string
  readonly fileName: string
}

/** The report of a run as a document, the values of the run's environment masked. Throws `not_found`. */
export async function getReportDocument(
  { store }: StoredContext,
  id: string,
  format: ReportFormatName,
): Promise<ReportDocument> {
  const report = await store.reports.get(id)
  if (report) return reportDocument(report, format)
  throw noSuchReport()
}

/** A report as a document. */
export function reportDocument(report: Report, format: ReportFormatName): ReportDocument {
  const { mediaType, extension } = REPORT_FORMATS[format]
  return {
    text: renderReport(report, format),
    mediaType,
    fileName: reportFileName(report.id, extension),
  }
}
