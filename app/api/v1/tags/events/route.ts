import { parseQuery } from '#lib/api/parse-request.ts'
import { tagEventsQuery } from '#lib/api/tags.ts'
import { parseRepository } from '#lib/oci/reference.ts'
import { getContext } from '#lib/server/context.ts'
import { eventStream } from '#lib/server/event-stream.ts'
import { route } from '#lib/server/route.ts'
import { watchTags } from '#lib/service/watch-tags.ts'

export const GET = route(async (request) => {
  const { repository } = parseQuery(tagEventsQuery, new URL(request.url).searchParams)
  parseRepository(repository)
  const context = await getContext()
  return eventStream(request, (signal) => watchTags(context, repository, signal))
})
