import { badgeQuery } from '#lib/api/badge.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { badgeResponse } from '#lib/server/badge-response.ts'
import { getContext } from '#lib/server/context.ts'
import { route } from '#lib/server/route.ts'
import { readBadge } from '#lib/service/badge/read-badge.ts'

export const GET = route(async (request) => {
  const query = parseQuery(badgeQuery, new URL(request.url).searchParams)
  const context = await getContext()
  const badge = await readBadge(context, query)
  return badgeResponse(badge, query.format, request, context.servesLoopbackOnly)
})
