import { runDto } from '#lib/api/runs.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { getRun } from '#lib/service/run/get-run.ts'

export const GET = route<{ id: string }>(async (_, { id }) =>
  json(runDto, await getRun(await getContext(), id)),
)
