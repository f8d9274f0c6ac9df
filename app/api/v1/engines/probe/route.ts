import { enginesResponse, probeRequest } from '#lib/api/engines.ts'
import { parseBody } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { requireSameOrigin } from '#lib/server/same-origin.ts'
import { probeEngines } from '#lib/service/probe-engines.ts'

export const POST = route(async (request) => {
  requireSameOrigin(request)
  const asked = await parseBody(probeRequest, request)
  return json(enginesResponse, await probeEngines(await getContext(), asked, request.signal))
})
