import { parseQuery } from '#lib/api/parse-request.ts'
import { runOutputDto, runOutputQuery } from '#lib/api/run-output.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { getRunOutput } from '#lib/service/run/get-run-output.ts'

export const GET = route<{ id: string }>(async ({ url }, { id }) => {
  const query = parseQuery(runOutputQuery, new URL(url).searchParams)
  return json(runOutputDto, await getRunOutput(await getContext(), id, query))
})
