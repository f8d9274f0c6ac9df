import { packagesQuery, packagesResponse } from '#lib/api/packages.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { listPackages } from '#lib/service/list-packages.ts'

export const GET = route(async (request) => {
  const query = parseQuery(packagesQuery, new URL(request.url).searchParams)
  const { signal } = request
  return json(packagesResponse, await listPackages(await getContext(), query, { signal }))
})
