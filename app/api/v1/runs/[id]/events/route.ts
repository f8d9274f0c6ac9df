import { getContext } from '#lib/server/context.ts'
import { eventStream } from '#lib/server/event-stream.ts'
import { route } from '#lib/server/route.ts'
import { watchRun } from '#lib/service/run/watch-run.ts'

export const GET = route<{ id: string }>(async (request, { id }) => {
  const lastEventId = request.headers.get('last-event-id') ?? undefined
  return eventStream(request, await watchRun(await getContext(), id, lastEventId))
})
