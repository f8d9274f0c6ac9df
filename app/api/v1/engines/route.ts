import { enginesResponse } from '#lib/api/engines.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { listEngines } from '#lib/service/list-engines.ts'

export const GET = route(async (request) =>
  json(enginesResponse, await listEngines(await getContext(), { signal: request.signal })),
)
