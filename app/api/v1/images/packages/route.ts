import { packagesQuery, packagesResponse } from '#lib/api/packages.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { readingResponse } from '#lib/server/reading-response.ts'
import { route } from '#lib/server/route.ts'
import { listPackages } from '#lib/service/list-packages.ts'

export const GET = route(async (request) => {
  const query = parseQuery(packagesQuery, new URL(request.url).searchParams)
  const context = await getContext()
  return readingResponse(request, packagesResponse, (options) => listPackages(context, query, options))
})
