import { runDto } from '#lib/api/runs.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { requireSameOrigin } from '#lib/server/same-origin.ts'
import { cancelRun } from '#lib/service/run/cancel-run.ts'

export const POST = route<{ id: string }>(async (request, { id }) => {
  requireSameOrigin(request)
  return json(runDto, await cancelRun(await getContext(), id))
})
