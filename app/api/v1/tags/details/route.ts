import { parseQuery } from '#lib/api/parse-request.ts'
import { tagDetailsQuery, tagDetailsResponse } from '#lib/api/tags.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { detailTags } from '#lib/service/detail-tags.ts'

export const GET = route(async (request) => {
  const query = parseQuery(tagDetailsQuery, new URL(request.url).searchParams)
  return json(tagDetailsResponse, await detailTags(await getContext(), query, request.signal))
})
