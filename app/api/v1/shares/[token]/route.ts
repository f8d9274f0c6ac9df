import { reportDto, sharesResponse } from '#lib/api/reports.ts'
import { parseReportFile, reportFileName } from '#lib/report/render/format-list.ts'
import { getContext } from '#lib/server/context.ts'
import { documentResponse } from '#lib/server/document-response.ts'
import { json, route } from '#lib/server/route.ts'
import { requireSameOrigin } from '#lib/server/same-origin.ts'
import { getSharedDocument } from '#lib/service/report/get-shared-document.ts'
import { getSharedReport } from '#lib/service/report/get-shared-report.ts'
import { revokeShare } from '#lib/service/report/revoke-share.ts'

const FILE = /\.json$/
const HIDDEN = { 'X-Robots-Tag': 'noindex' }

/** The shared report; as `TOKEN.json` a file to keep, as `TOKEN.junit.xml` and so on one of its documents. */
export const GET = route<{ token: string }>(async (_, { token: name }) => {
  const context = await getContext()
  const document = parseReportFile(name)
  if (document) return documentResponse(await getSharedDocument(context, document.id, document.format))
  const report = await getSharedReport(context, name.replace(FILE, ''))
  const asFile = { 'Content-Disposition': `attachment; filename="${reportFileName(report.id, 'json')}"` }
  return json(reportDto, report, { headers: FILE.test(name) ? { ...HIDDEN, ...asFile } : HIDDEN })
})

export const DELETE = route<{ token: string }>(async (request, { token }) => {
  requireSameOrigin(request)
  return json(sharesResponse, await revokeShare(await getContext(), token))
})
