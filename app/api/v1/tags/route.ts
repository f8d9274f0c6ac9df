import { parseQuery } from '#lib/api/parse-request.ts'
import { tagsQuery, tagsResponse } from '#lib/api/tags.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { listTags } from '#lib/service/list-tags.ts'

export const GET = route(async (request) => {
  const query = parseQuery(tagsQuery, new URL(request.url).searchParams)
  return json(tagsResponse, await listTags(await getContext(), query, request.signal))
})
