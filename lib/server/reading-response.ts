import 'server-only'
import type { z } from 'zod'
import type { TreeOptions } from '#lib/service/read-image-tree.ts'
import { readingEvents } from '#lib/service/reading-events.ts'
import { eventStream } from './event-stream.ts'
import { json } from './route.ts'

/**
 * The answer of a call that may have to read layers: JSON, or, for who accepts `text/event-stream`, events that tell
 * how far the reading is and at last the same answer. Who leaves ends the work. `Cache-Control: no-cache` has layers read
 * again that failed lately.
 */
export async function readingResponse<T extends z.ZodType>(
  request: Request,
  schema: T,
  work: (options: TreeOptions) => Promise<z.input<T>>,
): Promise<Response> {
  const retriesFailed = /\bno-cache\b/.test(request.headers.get('cache-control') ?? '')
  if (!/\btext\/event-stream\b/.test(request.headers.get('accept') ?? ''))
    return json(schema, await work({ signal: request.signal, retriesFailed }), {
      headers: { Vary: 'Accept' },
    })
  return eventStream(request, (signal) =>
    readingEvents(async (options) => schema.parse(await work({ ...options, retriesFailed })), signal),
  )
}
