import { matrixQuery, matrixResponse } from '#lib/api/matrix.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { readingResponse } from '#lib/server/reading-response.ts'
import { route } from '#lib/server/route.ts'
import { imageMatrix } from '#lib/service/image-matrix.ts'

export const GET = route(async (request) => {
  const query = parseQuery(matrixQuery, new URL(request.url).searchParams)
  const context = await getContext()
  return readingResponse(request, matrixResponse, (options) => imageMatrix(context, query, options))
})
