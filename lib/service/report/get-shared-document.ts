import type { ReportFormatName } from '#lib/report/render/format-list.ts'
import type { StoredContext } from '../context.ts'
import { type ReportDocument, reportDocument } from './get-report-document.ts'
import { noSuchShare } from './get-shared-report.ts'

/** The report that a link leads to as a document. Throws `not_found`, for a link that was revoked as well. */
export async function getSharedDocument(
  { store }: StoredContext,
  token: string,
  format: ReportFormatName,
): Promise<ReportDocument> {
  const share = await store.shares.find(token)
  const report = share && (await store.reports.get(share.runId))
  if (report) return reportDocument(report, format)
  throw noSuchShare()
}
