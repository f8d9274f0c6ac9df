import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

/** What a fake answers. A promise that never settles is a server that never answers. */
export type FakeHandler = (request: Request) => Response | Promise<Response>

/** A registry that lies, stalls and floods: only for what a real one cannot be made to do. */
export interface FakeRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** `http://127.0.0.1:PORT`, or https with a certificate. */
  readonly origin: string
  /** What was asked, in order: `GET /v2/…`. */
  readonly requests: readonly Request[]
  /** `METHOD /path?query` of each request. */
  readonly lines: readonly string[]
  stop(): Promise<void>
}

/** Serves `handler` over a real socket on loopback; with `tls`, over https. */
export async function startFakeRegistry(
  handler: FakeHandler,
  tls?: { readonly key: string; readonly cert: string },
): Promise<FakeRegistry> {
  const requests: Request[] = []
  const lines: string[] = []
  let origin = ''
  const listener: http.RequestListener = (incoming, outgoing) => {
    void answer(incoming, outgoing)
  }
  async function answer(incoming: http.IncomingMessage, outgoing: http.ServerResponse) {
    const request = await toRequest(incoming, origin)
    requests.push(request)
    lines.push(`${incoming.method} ${incoming.url}`)
    const response = await tried(handler, request)
    outgoing.writeHead(response.status, headersOf(response))
    if (response.body === null) return outgoing.end()
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
    outgoing.on('close', () => body.destroy())
    body.on('error', () => outgoing.destroy()).pipe(outgoing)
  }
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  origin = `${tls ? 'https' : 'http'}://${host}`
  const stop = async () => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { host, origin, requests, lines, stop, [Symbol.asyncDispose]: stop }
}

async function tried(handler: FakeHandler, request: Request): Promise<Response> {
  try {
    return await handler(request)
  } catch (error) {
    return new Response(`the fake failed: ${error}`, { status: 599 })
  }
}

/** A body that starts and then never goes on. */
export function stalledBody(start: string): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(start)) })
}

/** A body of `totalBytes` that tells how much of it was taken. */
export function endlessBody(totalBytes: number): { body: ReadableStream<Uint8Array>; sentBytes(): number } {
  let sent = 0
  const piece = new Uint8Array(64 << 10).fill(0x20)
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= totalBytes) return controller.close()
      sent += piece.byteLength
      controller.enqueue(piece.slice())
    },
  })
  return { body, sentBytes: () => sent }
}

async function toRequest(incoming: http.IncomingMessage, origin: string): Promise<Request> {
  const headers = new Headers()
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '')
  }
  const method = incoming.method ?? 'GET'
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return new Request(`${origin}${incoming.url}`, {
    method,
    headers,
    ...(method === 'POST' ? { body: Buffer.concat(chunks).toString() } : {}),
  })
}

function headersOf(response: Response): http.OutgoingHttpHeaders {
  const headers: Record<string, string[]> = {}
  for (const [name, value] of response.headers) headers[name] = [...(headers[name] ?? []), value]
  return headers
}
