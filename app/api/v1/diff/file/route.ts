import { fileDiffQuery, fileDiffResponse } from '#lib/api/diff-file.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { readingResponse } from '#lib/server/reading-response.ts'
import { route } from '#lib/server/route.ts'
import { diffFile } from '#lib/service/diff-file.ts'

export const GET = route(async (request) => {
  const query = parseQuery(fileDiffQuery, new URL(request.url).searchParams)
  const context = await getContext()
  return readingResponse(request, fileDiffResponse, (options) => diffFile(context, query, options))
})
