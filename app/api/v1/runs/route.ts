import { parseBody, parseQuery, withHeaderKey } from '#lib/api/parse-request.ts'
import { runAccepted, runRequest, runsQuery, runsResponse } from '#lib/api/runs.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { requireSameOrigin } from '#lib/server/same-origin.ts'
import { listRuns } from '#lib/service/run/list-runs.ts'
import { startRun } from '#lib/service/run/start-run.ts'

export const GET = route(async (request) => {
  const query = parseQuery(runsQuery, new URL(request.url).searchParams)
  return json(runsResponse, await listRuns(await getContext(), query))
})

export const POST = route(async (request) => {
  requireSameOrigin(request)
  const asked = withHeaderKey(await parseBody(runRequest, request), request)
  return json(runAccepted, await startRun(await getContext(), asked, request.signal), { status: 202 })
})
