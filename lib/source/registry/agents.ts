import tls from 'node:tls'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { AddressGuard } from './address-guard.ts'
import { REGISTRY_LIMITS, type RegistryTimeouts } from './limits.ts'

/** Connections: kept alive, up to 16 to a host, each made through the address guard or through a proxy. */
export interface Agents {
  /** The dispatcher for a URL that is asked through `proxy`, or directly. */
  forUrl(url: URL, proxy: URL | undefined): Dispatcher
  /** Drops all connections; requests in flight fail. */
  close(): Promise<void>
}

/** What connections are made with. */
export interface AgentSettings {
  readonly guard: AddressGuard
  /** PEM texts trusted in addition to Node's and the system's certificates. */
  readonly caCertificates: readonly string[]
  readonly timeouts: RegistryTimeouts
}

/** Idle connections are kept this long; a server that says less in `Keep-Alive` is believed. */
const KEEP_ALIVE_MS = 15_000

/** Makes the agents. Nothing is opened, and no certificate is read before the first request that needs one. */
export function createAgents(settings: AgentSettings): Agents {
  const made = new Map<string, Dispatcher>()
  let trust: tls.SecureContext | undefined
  const connectOptions = (usesTls: boolean) => {
    if (usesTls) trust ??= trustedCertificates(settings.caCertificates)
    return {
      timeout: settings.timeouts.connectMs,
      allowH2: false,
      ...(trust ? { secureContext: trust } : {}),
    }
  }
  const make = (url: URL, proxy: URL | undefined) => {
    const connect = connectOptions(url.protocol === 'https:' || proxy?.protocol === 'https:')
    if (proxy === undefined) {
      return new Agent({ ...POOL, connect: { ...connect, lookup: settings.guard.lookup } })
    }
    // The proxy is the operator's choice and not guarded; behind it the guard judges names, before each request.
    return new ProxyAgent({ ...POOL, uri: proxy.href, requestTls: connect, proxyTls: connect })
  }
  return {
    forUrl(url, proxy) {
      const key = `${url.protocol} ${proxy?.href ?? ''}`
      const known = made.get(key) ?? make(url, proxy)
      made.set(key, known)
      return known
    },
    async close() {
      const agents = [...made.values()]
      made.clear()
      await Promise.all(agents.map((agent) => agent.destroy()))
    },
  }
}

/** HTTP/1.1 only, so that one broken connection takes one request with it and limits are per request. */
const POOL = {
  connections: REGISTRY_LIMITS.connectionsPerHost,
  pipelining: 1,
  keepAliveTimeout: KEEP_ALIVE_MS,
  allowH2: false,
} as const

/** One context for all connections: given as `ca`, some 300 certificates would be parsed anew for each of them. */
function trustedCertificates(own: readonly string[]): tls.SecureContext {
  const known = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]
  return tls.createSecureContext({ ca: [...new Set([...known, ...own])] })
}
