import { AppError } from '#lib/errors/app-error.ts'
import { type AddressPolicy, createAddressGuard, type ResolveAll } from './address-guard.ts'
import { createAgents } from './agents.ts'
import { cancelled } from './cancelled.ts'
import { type ByteLimit, exchange, type HttpResponse } from './http-exchange.ts'
import { REGISTRY_TIMEOUTS, type RegistryTimeouts } from './limits.ts'
import { networkError } from './network-error.ts'
import { createPlainHttpRule, type PlainHttpRule } from './plain-http.ts'
import { createProxyChoice, type ProxySettings } from './proxy-choice.ts'
import { isRedirect, redirectTarget } from './redirect.ts'

/** What the transport is configured with. */
export interface TransportSettings {
  readonly addressPolicy: AddressPolicy
  /** Hosts, with or without a port, that are asked without TLS. Loopback needs no entry. */
  readonly insecureHosts: readonly string[]
  /** PEM texts trusted in addition to the system's. */
  readonly caCertificates: readonly string[]
  readonly proxy: ProxySettings
  readonly userAgent: string
  readonly timeouts?: Partial<RegistryTimeouts> | undefined
  /** DNS, for tests. */
  readonly resolveAll?: ResolveAll | undefined
}

/** One request; redirects are followed for GET and HEAD. */
export interface TransportRequest {
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Sent to the URL's own origin only. */
  readonly authorization?: string | undefined
  readonly body?: string | undefined
  readonly limit: ByteLimit
  readonly signal?: AbortSignal | undefined
  /** A good answer comes as `stream` once its headers are there. */
  readonly isStreamed?: boolean | undefined
}

/** An answer and the URL that gave it, after redirects. */
export interface TransportResponse extends HttpResponse {
  readonly url: URL
}

/** HTTP as registries need it: guarded, limited, and never without an end. */
export interface Transport {
  readonly plainHttp: PlainHttpRule
  /** Whether this URL may be asked at all, as far as its name tells. Throws `address_refused`. */
  check(url: URL): void
  /**
   * Sends one request. Time-outs: connecting 10 s, headers 30 s, silence 30 s, the whole 60 s (of a stream
   * 30 min). Any HTTP status but
   * a redirect is an answer. Throws `AppError` only: `registry_timeout`, `registry_unavailable`, `tls_untrusted`,
   * `address_refused`, `redirect_refused`, `registry_protocol`, `cancelled` and the error of the byte limit.
   */
  send(request: TransportRequest): Promise<TransportResponse>
  /** Drops all connections. */
  close(): Promise<void>
}

/** Makes a transport. Throws `settings_invalid` for settings that cannot be read. Opens nothing yet. */
export function createTransport(settings: TransportSettings): Transport {
  const timeouts = { ...REGISTRY_TIMEOUTS, ...settings.timeouts }
  const guard = createAddressGuard(settings.addressPolicy, settings.resolveAll)
  const plainHttp = createPlainHttpRule(settings.insecureHosts)
  const proxyFor = createProxyChoice(settings.proxy)
  const agents = createAgents({ guard, caCertificates: settings.caCertificates, timeouts })

  async function sendOnce(request: TransportRequest, url: URL, withLogin: boolean, deadline: number) {
    guard.check(url)
    const proxy = proxyFor(url)
    const translate = (error: unknown) =>
      request.signal?.aborted ? cancelled(request.signal) : networkError(error, { url, proxy })
    try {
      const response = await exchange(
        agents.forUrl(url, proxy),
        { ...request, url, headers: headersOf(request, withLogin, settings.userAgent) },
        {
          headersMs: timeouts.headersMs,
          bodyIdleMs: timeouts.bodyIdleMs,
          remainingMs: Math.max(1, deadline - performance.now()),
          streamMs: timeouts.streamMs,
          expired: () => tooSlow(url, timeouts.requestMs),
          streamExpired: () => tooSlow(url, timeouts.streamMs),
        },
      )
      const { stream } = response
      return stream === undefined ? response : { ...response, stream: translated(stream, translate) }
    } catch (error) {
      throw translate(error)
    }
  }

  return {
    plainHttp,
    check: (url) => guard.check(url),
    async send(request) {
      const deadline = performance.now() + timeouts.requestMs
      const visited = [request.url]
      let url = request.url
      let withLogin = true
      while (true) {
        const response = await sendOnce(request, url, withLogin, deadline)
        if (!isRedirect(response.status) || request.method === 'POST') return { ...response, url }
        const target = redirectTarget(response.headers.location, visited, plainHttp)
        // Once off the origin, the login stays behind, also when a later redirect leads back.
        withLogin &&= target.origin === request.url.origin
        visited.push(target)
        url = target
      }
    },
    close: () => agents.close(),
  }
}

async function* translated(
  stream: AsyncIterable<Uint8Array>,
  translate: (error: unknown) => Error,
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    throw translate(error)
  }
}

function headersOf(request: TransportRequest, withLogin: boolean, userAgent: string): Record<string, string> {
  return {
    ...request.headers,
    // Digests are over the bytes as they are stored; a helpful proxy must not compress them.
    'accept-encoding': 'identity',
    'user-agent': userAgent,
    ...(withLogin && request.authorization !== undefined ? { authorization: request.authorization } : {}),
  }
}

function tooSlow(url: URL, requestMs: number): AppError {
  return new AppError(
    'registry_timeout',
    `${url.host} did not finish its answer within ${Math.round(requestMs / 1_000)} seconds.`,
  )
}
