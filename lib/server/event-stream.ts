import 'server-only'
import { tellProblem } from './tell-problem.ts'

/** A comment line goes out this often, so that proxies keep the connection and a lost reader is noticed. */
const HEARTBEAT_MS = 15_000

/** An event of a stream; `data` is sent as JSON. A reader that comes back says the last `id` it saw. */
export interface StreamEvent {
  readonly id?: string
  readonly event: string
  readonly data: unknown
}

/**
 * Server-sent events from an async iterable, until it ends or the reader leaves; then the iterable's signal aborts.
 * A failure goes out as a `problem` event. The next event is asked for when the reader has taken the last one, so that a
 * slow reader fills no memory. `no-transform` keeps Next's compression from holding events back.
 */
export function eventStream(
  request: Request,
  events: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
): Response {
  const left = new AbortController()
  const signal = AbortSignal.any([left.signal, request.signal])
  const encoder = new TextEncoder()
  const reader = new PatientReader(signal)
  const pump = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const send = (text: string) => {
      if (!signal.aborted) controller.enqueue(encoder.encode(text))
    }
    const isBusy = () => (controller.desiredSize ?? 1) <= 0
    send('retry: 3000\n\n')
    const heartbeat = setInterval(() => isBusy() || send(': still here\n\n'), HEARTBEAT_MS)
    try {
      for await (const { event, data, id } of events(signal)) {
        const mark = id === undefined ? '' : `id: ${id}\n`
        send(`${mark}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
        if (isBusy()) await reader.ready()
      }
    } catch (error) {
      send(`event: problem\ndata: ${JSON.stringify(tellProblem(error, new URL(request.url).pathname))}\n\n`)
    } finally {
      clearInterval(heartbeat)
      if (!signal.aborted) controller.close()
    }
  }
  const body = new ReadableStream<Uint8Array>({
    // Not waited for: a stream is pulled only once its start is over.
    start: (controller) => void pump(controller),
    pull: () => reader.wantsMore(),
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

/** Whoever takes what is sent, at their own pace. */
class PatientReader {
  private resume = () => {}
  private readonly gone: AbortSignal

  /** `gone` aborts when the reader leaves. */
  constructor(gone: AbortSignal) {
    this.gone = gone
    gone.addEventListener('abort', () => this.resume(), { once: true })
  }

  wantsMore(): void {
    this.resume()
  }

  /** Resolves when the reader asks for more, or is gone. */
  ready(): Promise<void> {
    if (this.gone.aborted) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.resume = resolve
    return promise
  }
}
