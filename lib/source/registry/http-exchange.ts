import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { AppError } from '#lib/errors/app-error.ts'
import { BodyStream } from './body-stream.ts'
import { REGISTRY_LIMITS, type RegistryTimeouts } from './limits.ts'
import { isRedirect } from './redirect.ts'

/** How many bytes of a good answer are read, and the error beyond them. */
export interface ByteLimit {
  readonly maxBytes: number
  exceeded(): AppError
}

/** One request to one URL. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly limit: ByteLimit
  readonly signal?: AbortSignal | undefined
  /** A good answer's body comes as `stream`, and the exchange is settled once its headers are there. */
  readonly isStreamed?: boolean | undefined
}

/** An answer with its body, read whole unless it was asked for as a stream. */
export interface HttpResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Its own memory. Of an answer that is not 2xx, the first 64 KiB. */
  readonly body: Uint8Array
  /** The body of a good answer asked for as a stream; to be read or left, or the connection stays taken. */
  readonly stream?: AsyncIterable<Uint8Array>
}

/** Ends an exchange that outlives its time: headers, silence and the whole. */
export interface ExchangeTimes extends Pick<RegistryTimeouts, 'headersMs' | 'bodyIdleMs' | 'streamMs'> {
  /** What is left for this exchange. */
  readonly remainingMs: number
  expired(): AppError
  /** The same for a body that is read as it comes. */
  streamExpired(): AppError
}

/**
 * Sends one request and reads its answer without following redirects. Stops the transfer as soon as the byte limit
 * is passed, the signal aborts or the time is up. Rejects with the limit's or the time's error, the signal's reason,
 * or whatever undici failed with.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  times: ExchangeTimes,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(request, times, resolve, reject)
    if (handler.isSettled) return
    try {
      dispatcher.dispatch(
        {
          origin: request.url.origin,
          path: request.url.pathname + request.url.search,
          method: request.method,
          headers: request.headers,
          body: request.body ?? null,
          headersTimeout: times.headersMs,
          bodyTimeout: times.bodyIdleMs,
        },
        handler,
      )
    } catch (error) {
      handler.fail(error)
    }
  })
}

/** undici's own handler interface: no stream, no copies but one; this is the hot path of resolving tags. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  isSettled = false
  readonly #request: HttpRequest
  readonly #resolve: (response: HttpResponse) => void
  readonly #reject: (error: unknown) => void
  readonly #times: ExchangeTimes
  #timer: NodeJS.Timeout
  readonly #onAbort: () => void
  readonly #chunks: Uint8Array[] = []
  #controller: Dispatcher.DispatchController | undefined
  #status = 0
  #headers: IncomingHttpHeaders = {}
  #received = 0
  #stream: BodyStream | undefined

  constructor(
    request: HttpRequest,
    times: ExchangeTimes,
    resolve: (response: HttpResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.#request = request
    this.#resolve = resolve
    this.#reject = reject
    this.#times = times
    this.#timer = setTimeout(() => this.fail(times.expired()), times.remainingMs)
    this.#onAbort = () => this.fail(request.signal?.reason)
    if (request.signal?.aborted) this.#onAbort()
    else request.signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.isSettled) controller.abort(new Error('no longer wanted'))
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    const stated = Number(headers['content-length'])
    const hasBody = this.#request.method !== 'HEAD'
    if (hasBody && this.#isGood && stated > this.#request.limit.maxBytes) {
      this.fail(this.#request.limit.exceeded())
    } else if (this.#request.isStreamed && this.#isGood) this.#startStream()
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.isSettled) return
    const room = this.#maxBytes - this.#received
    if (chunk.byteLength <= room) {
      if (this.#stream) this.#stream.push(chunk)
      else this.#chunks.push(chunk)
      this.#received += chunk.byteLength
      return
    }
    if (this.#isGood) {
      this.fail(this.#request.limit.exceeded())
    } else {
      this.#chunks.push(chunk.subarray(0, room))
      this.#received += room
      this.#finish()
      controller.abort(new Error('enough was read'))
    }
  }

  onResponseEnd(): void {
    this.#finish()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.fail(error)
  }

  fail(error: unknown): void {
    if (!this.#settle()) return
    if (this.#stream) this.#stream.end(error)
    else this.#reject(error)
    this.#controller?.abort(error instanceof Error ? error : new Error('no longer wanted'))
  }

  /** Hands the body on as it comes. From here on the time for the whole of a stream counts. */
  #startStream(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.fail(this.#times.streamExpired()), this.#times.streamMs)
    this.#stream = new BodyStream({
      pause: () => this.#controller?.pause(),
      resume: () => this.#controller?.resume(),
      stop: () => this.fail(new Error('no longer wanted')),
    })
    const body = new Uint8Array()
    this.#resolve({ status: this.#status, headers: this.#headers, body, stream: this.#stream })
  }

  #finish(): void {
    if (!this.#settle()) return
    if (this.#stream) {
      this.#stream.end()
      return
    }
    const body = new Uint8Array(this.#received)
    let at = 0
    for (const chunk of this.#chunks) {
      body.set(chunk, at)
      at += chunk.byteLength
    }
    this.#resolve({ status: this.#status, headers: this.#headers, body })
  }

  #settle(): boolean {
    if (this.isSettled) return false
    this.isSettled = true
    clearTimeout(this.#timer)
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
    return true
  }

  get #isGood(): boolean {
    return this.#status >= 200 && this.#status < 300
  }

  get #maxBytes(): number {
    if (this.#isGood) return this.#request.limit.maxBytes
    return isRedirect(this.#status) ? REGISTRY_LIMITS.redirectBytes : REGISTRY_LIMITS.errorBytes
  }
}
