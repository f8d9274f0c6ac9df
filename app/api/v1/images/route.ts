import { imageQuery, imageResponse } from '#lib/api/image.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { inspectWithLayers } from '#lib/service/check-layers.ts'

export const GET = route(async (request) => {
  const query = parseQuery(imageQuery, new URL(request.url).searchParams)
  return json(imageResponse, await inspectWithLayers(await getContext(), query, request.signal))
})
