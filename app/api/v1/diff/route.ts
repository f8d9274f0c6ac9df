import { diffQuery, diffResponse } from '#lib/api/diff.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { readingResponse } from '#lib/server/reading-response.ts'
import { route } from '#lib/server/route.ts'
import { diffReferences } from '#lib/service/diff-references.ts'

export const GET = route(async (request) => {
  const query = parseQuery(diffQuery, new URL(request.url).searchParams)
  const context = await getContext()
  return readingResponse(request, diffResponse, (options) => diffReferences(context, query, options))
})
