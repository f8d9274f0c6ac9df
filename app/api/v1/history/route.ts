import { historyQuery, historyResponse } from '#lib/api/history.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { listHistory } from '#lib/service/report/list-history.ts'

export const GET = route(async (request) => {
  const query = parseQuery(historyQuery, new URL(request.url).searchParams)
  return json(historyResponse, await listHistory(await getContext(), query))
})
