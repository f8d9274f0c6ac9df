import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What a proxy does to what passes. */
export interface ProxyOptions {
  /** Requests lose their `Range`, as behind proxies that know none. */
  readonly withoutRanges?: boolean
  /** Requests for paths that end with this are not passed on, and answered so. */
  readonly withholds?: { readonly end: string; readonly status: 403 | 404 }
}

/** A registry seen through a proxy on loopback that counts. */
export interface CountingProxy extends AsyncDisposable {
  /** `127.0.0.1:PORT`, in the registry's place. */
  readonly host: string
  /** Requests for blobs so far. */
  readonly blobRequests: number
  /** Bytes that went out so far, headers included. */
  readonly sentBytes: number
}

/** Passes requests on to a registry of plain HTTP and counts what comes back. */
export async function startCountingProxy(
  registryHost: string,
  { withoutRanges = false, withholds }: ProxyOptions = {},
): Promise<CountingProxy> {
  const sockets = new Set<Socket>()
  const [hostname, port] = registryHost.split(':')
  let blobRequests = 0
  const server = http.createServer((request, response) => {
    if (request.url?.includes('/blobs/')) blobRequests++
    if (withholds && request.url?.endsWith(withholds.end)) {
      const { status } = withholds
      const error =
        status === 403
          ? { code: 'DENIED', message: 'requested access to the resource is denied' }
          : { code: 'BLOB_UNKNOWN', message: 'blob unknown to registry' }
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ errors: [error] }))
      return
    }
    const { range, ...headers } = request.headers
    const passed = withoutRanges || range === undefined ? headers : { ...headers, range }
    const { method, url } = request
    const onward = http.request({ hostname, port, method, path: url, headers: passed }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  })
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get blobRequests() {
      return blobRequests
    },
    get sentBytes() {
      return [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0)
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
