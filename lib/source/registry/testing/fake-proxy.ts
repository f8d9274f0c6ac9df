import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'

/** A forward proxy on loopback that leads every host to one upstream, whatever name it is asked for. */
export interface FakeProxy extends AsyncDisposable {
  readonly url: string
  /** `CONNECT host:port` or `GET http://host/path` of each request, with its login after it where one came. */
  readonly lines: readonly string[]
}

/** Starts a proxy in front of `upstreamOrigin`. `refuse` makes it answer 403 instead. */
export async function startFakeProxy(upstreamOrigin: string, refuse = false): Promise<FakeProxy> {
  const upstream = new URL(upstreamOrigin)
  const lines: string[] = []
  const note = (request: http.IncomingMessage) => {
    const login = request.headers['proxy-authorization']
    lines.push(`${request.method} ${request.url}${login === undefined ? '' : ` ${login}`}`)
  }
  const server = http.createServer((request, response) => {
    note(request)
    const path = new URL(request.url ?? '/').pathname
    const forwarded = http.request(new URL(path, upstream), { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    request.pipe(forwarded)
  })
  const open = new Set<net.Socket>()
  server.on('connect', (request, socket: net.Socket) => {
    note(request)
    if (refuse) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const there = net.connect(Number(upstream.port), upstream.hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      there.pipe(socket)
      socket.pipe(there)
    })
    for (const end of [there, socket]) open.add(end.on('error', () => {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lines,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
