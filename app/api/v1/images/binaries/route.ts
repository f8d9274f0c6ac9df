import { binariesQuery, binariesResponse } from '#lib/api/binaries.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { listBinaries } from '#lib/service/list-binaries.ts'

export const GET = route(async (request) => {
  const query = parseQuery(binariesQuery, new URL(request.url).searchParams)
  const { signal } = request
  return json(binariesResponse, await listBinaries(await getContext(), query, { signal }))
})
