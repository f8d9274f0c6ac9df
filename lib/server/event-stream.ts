import 'server-only'
import { tellProblem } from './tell-problem.ts'

/** A comment line goes out this often, so that proxies keep the connection and a lost reader is noticed. */
const HEARTBEAT_MS = 15_000

/** An event of a stream; `data` is sent as JSON. */
export interface StreamEvent {
  readonly event: string
  readonly data: unknown
}

/**
 * Server-sent events from an async iterable, until it ends or the reader leaves; then the iterable's signal aborts.
 * A failure goes out as a `problem` event. `no-transform` keeps Next's compression from holding events back.
 */
export function eventStream(
  request: Request,
  events: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
): Response {
  const left = new AbortController()
  const signal = AbortSignal.any([left.signal, request.signal])
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text))
      }
      send('retry: 3000\n\n')
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      try {
        for await (const { event, data } of events(signal))
          send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      } catch (error) {
        send(`event: problem\ndata: ${JSON.stringify(tellProblem(error, new URL(request.url).pathname))}\n\n`)
      } finally {
        clearInterval(heartbeat)
        if (!signal.aborted) controller.close()
      }
    },
    cancel: () => left.abort(),
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      Connection: 'keep-alive',
      'X-Accel-Buffering': 'no',
    },
  })
}
