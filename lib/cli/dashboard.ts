import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { isHostAllowed } from '#lib/config/host-policy.ts'
import { isLoopbackHost } from '#lib/config/listen-policy.ts'
import type { Settings } from '#lib/config/settings.ts'
import { listen } from './listen.ts'

/** How long open requests may go on after a stop was asked for. */
const GRACE_MS = 2_000

/** The dashboard in service. */
export interface Dashboard {
  /** Where a browser finds it. */
  readonly url: string
  /** Lets open requests end for two seconds, cuts event streams, and frees the port. */
  close(): Promise<void>
}

/**
 * Starts Next's production server in this process, on the address that the settings say. `dir` holds `.next`.
 * Throws `settings_invalid` where the address cannot be listened on.
 */
export async function startDashboard(settings: Settings, dir: string): Promise<Dashboard> {
  let handle: RequestListener | undefined
  const ready = Promise.withResolvers<void>()
  const onLoopback = isLoopbackHost(settings.host)
  const server = createServer((request, response) => {
    if (!isHostAllowed(request.headers.host ?? null, onLoopback)) refuse(response)
    else if (!isDecodable(request.url ?? '/')) refuseAddress(response)
    else if (handle) handle(request, response)
    else ready.promise.then(() => handle?.(request, response))
  })
  const port = await listen(server, settings)
  // React and Next pick their production build by this when they are loaded.
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', PORT: String(port) })
  const { default: next } = await import('next')
  const app = next({ dev: false, dir, hostname: settings.host, port, httpServer: server })
  await app.prepare()
  handle = app.getRequestHandler()
  ready.resolve()
  return {
    url: `http://${displayHost(settings.host)}:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS)
      await closed
      clearTimeout(cut)
      await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, GRACE_MS / 4))])
    },
  }
}

/** Answers a request that came under a name which is not this machine's own. */
function refuse(response: ServerResponse): void {
  response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end('Archway serves this machine alone: open it as http://127.0.0.1 or http://localhost.\n')
}

/** Next answers 500 to a path whose percent signs do not lead to UTF-8. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

function refuseAddress(response: ServerResponse): void {
  response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end('This address is not written as addresses are: a percent sign in it leads to no character.\n')
}

/** An address that a browser on this machine can open. */
function displayHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
