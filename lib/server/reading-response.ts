import 'server-only'
import type { z } from 'zod'
import type { TreeOptions } from '#lib/service/read-image-tree.ts'
import { readingEvents } from '#lib/service/reading-events.ts'
import { eventStream } from './event-stream.ts'
import { json } from './route.ts'

/**
 * The answer of a call that may have to read layers: JSON, or, for who accepts `text/event-stream`, events that tell
 * how far the reading is and at last the same answer. Who leaves ends the work.
 */
export async function readingResponse<T extends z.ZodType>(
  request: Request,
  schema: T,
  work: (options: TreeOptions) => Promise<z.input<T>>,
): Promise<Response> {
  if (!/\btext\/event-stream\b/.test(request.headers.get('accept') ?? ''))
    return json(schema, await work({ signal: request.signal }), { headers: { Vary: 'Accept' } })
  return eventStream(request, (signal) =>
    readingEvents(async (options) => schema.parse(await work(options)), signal),
  )
}
