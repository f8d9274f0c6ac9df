import { imageQuery, imageResponse } from '#lib/api/image.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { inspectImage } from '#lib/service/inspect-image.ts'

export const GET = route(async (request) => {
  const query = parseQuery(imageQuery, new URL(request.url).searchParams)
  return json(imageResponse, await inspectImage(await getContext(), query, request.signal))
})
