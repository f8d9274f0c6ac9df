import { reportDto } from '#lib/api/reports.ts'
import { parseReportFile, reportFileName } from '#lib/report/render/format-list.ts'
import { getContext } from '#lib/server/context.ts'
import { documentResponse } from '#lib/server/document-response.ts'
import { json, route } from '#lib/server/route.ts'
import { getReport } from '#lib/service/report/get-report.ts'
import { getReportDocument } from '#lib/service/report/get-report-document.ts'

const FILE = /\.json$/

/** The report; as `ID.json` a file to keep, as `ID.junit.xml` and so on one of its documents. */
export const GET = route<{ id: string }>(async (_, { id: name }) => {
  const context = await getContext()
  const document = parseReportFile(name)
  if (document) return documentResponse(await getReportDocument(context, document.id, document.format))
  const report = await getReport(context, name.replace(FILE, ''))
  const asFile = { 'Content-Disposition': `attachment; filename="${reportFileName(report.id, 'json')}"` }
  return json(reportDto, report, { headers: FILE.test(name) ? asFile : {} })
})
