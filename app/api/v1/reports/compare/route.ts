import { parseQuery } from '#lib/api/parse-request.ts'
import { comparisonQuery, comparisonResponse } from '#lib/api/report-comparison.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { compareStoredReports } from '#lib/service/report/compare-reports.ts'

export const GET = route(async (request) => {
  const query = parseQuery(comparisonQuery, new URL(request.url).searchParams)
  return json(comparisonResponse, await compareStoredReports(await getContext(), query))
})
