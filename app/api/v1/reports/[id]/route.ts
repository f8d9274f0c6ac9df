import { reportDto } from '#lib/api/reports.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { getReport } from '#lib/service/report/get-report.ts'

const FILE = /\.json$/

/** The report; as `ID.json` a file to keep. */
export const GET = route<{ id: string }>(async (_, { id: name }) => {
  const id = name.replace(FILE, '')
  const report = await getReport(await getContext(), id)
  const asFile = { 'Content-Disposition': `attachment; filename="archway-report-${report.id}.json"` }
  return json(reportDto, report, { headers: FILE.test(name) ? asFile : {} })
})
