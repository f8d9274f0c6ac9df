import { filesQuery, filesResponse } from '#lib/api/files.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { readingResponse } from '#lib/server/reading-response.ts'
import { route } from '#lib/server/route.ts'
import { listFiles } from '#lib/service/list-files.ts'

export const GET = route(async (request) => {
  const query = parseQuery(filesQuery, new URL(request.url).searchParams)
  const context = await getContext()
  return readingResponse(request, filesResponse, (options) => listFiles(context, query, options))
})
