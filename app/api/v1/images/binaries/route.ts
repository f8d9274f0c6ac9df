import { binariesQuery, binariesResponse } from '#lib/api/binaries.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { readingResponse } from '#lib/server/reading-response.ts'
import { route } from '#lib/server/route.ts'
import { listBinaries } from '#lib/service/list-binaries.ts'

export const GET = route(async (request) => {
  const query = parseQuery(binariesQuery, new URL(request.url).searchParams)
  const context = await getContext()
  return readingResponse(request, binariesResponse, (options) => listBinaries(context, query, options))
})
