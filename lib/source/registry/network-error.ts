import { AppError, type AppErrorOptions } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'

/** Which request failed. `proxy` is set where one stood between. */
export interface FailedRequest {
  readonly url: URL
  readonly proxy: URL | undefined
}

/** What a failure means, by the code that Node, OpenSSL or undici gives it. */
type Reason = readonly [code: ErrorCode, text: string, hint?: string]

const CHECK_HOST = 'Check the name and that this machine reaches it.'
const CHECK_CA = 'If the registry is yours, give its CA certificate in ARCHWAY_CA_FILES.'
const NOT_THERE: Reason = ['registry_unavailable', 'has no address: the name is not known to DNS', CHECK_HOST]
const NO_ROUTE: Reason = ['registry_unavailable', 'is not reachable from here', CHECK_HOST]
const LOST: Reason = ['registry_unavailable', 'broke the connection off']
const CLOSED: Reason = ['cancelled', 'is no longer asked: Archway closed its connections']
const NO_HTTP: Reason = ['registry_protocol', 'does not answer in HTTP', 'Is this the port of a registry?']
const NO_TLS: Reason = [
  'registry_unavailable',
  'does not speak TLS on this port',
  'If it is a plain http registry you trust, the operator can list it in ARCHWAY_INSECURE_REGISTRIES.',
]

const REASONS: Readonly<Record<string, Reason>> = {
  ENOTFOUND: NOT_THERE,
  EAI_AGAIN: ['registry_unavailable', 'could not be looked up: DNS does not answer', CHECK_HOST],
  EAI_FAIL: NOT_THERE,
  ECONNREFUSED: [
    'registry_unavailable',
    'refuses connections: nothing listens there',
    'Check host and port, and that the registry runs.',
  ],
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  EADDRNOTAVAIL: NO_ROUTE,
  EACCES: NO_ROUTE,
  ECONNRESET: LOST,
  ECONNABORTED: LOST,
  EPIPE: LOST,
  UND_ERR_SOCKET: LOST,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: LOST,
  ETIMEDOUT: ['registry_timeout', 'did not take the connection in time', CHECK_HOST],
  UND_ERR_CONNECT_TIMEOUT: ['registry_timeout', 'did not take the connection in time', CHECK_HOST],
  UND_ERR_HEADERS_TIMEOUT: ['registry_timeout', 'took the request and did not answer in time'],
  UND_ERR_BODY_TIMEOUT: ['registry_timeout', 'stopped in the middle of its answer'],
  UND_ERR_HEADERS_OVERFLOW: ['registry_protocol', 'sent more headers than are read (16 KiB)'],
  UND_ERR_DESTROYED: CLOSED,
  UND_ERR_CLOSED: CLOSED,
  UND_ERR_PRX_CONN: ['registry_unavailable', 'could not be reached: the proxy broke the connection off'],
  CERT_HAS_EXPIRED: ['tls_untrusted', 'shows a certificate that has expired', 'It must be renewed there.'],
  CERT_NOT_YET_VALID: ['tls_untrusted', 'shows a certificate that is not valid yet', 'Check both clocks.'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'tls_untrusted',
    'shows a certificate made out to another name',
    'Ask it by a name that its certificate holds.',
  ],
  UND_ERR_PRX_TLS: [
    'tls_untrusted',
    'could not be reached: the proxy’s certificate is not trusted',
    CHECK_CA,
  ],
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
}

const UNTRUSTED: Reason = ['tls_untrusted', 'shows a certificate that is not trusted here', CHECK_CA]
const UNTRUSTED_CODES =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|INVALID_CA|HOSTNAME_MISMATCH)$/

/** Codes of a connection that was there and is gone: worth another try for requests that change nothing. */
const CONNECTION_LOST = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_PRX_CONN'])

/**
 * The `AppError` of a request that brought no answer; an `AppError` within the failure wins. Names the host, never
 * the path or query.
 */
export function networkError(error: unknown, { url, proxy }: FailedRequest): AppError {
  const chain = causes(error)
  const known = chain.find((link) => link instanceof AppError)
  if (known instanceof AppError) return known
  const codes = codesOf(chain)
  const [code, text, hint] = reasonOf(codes)
  const through = proxy === undefined ? '' : ` (asked through the proxy ${proxy.host})`
  const options: AppErrorOptions = {
    cause: error,
    operatorDetail: `${url.origin}${url.pathname}: ${codes.join(', ') || String(error)}`,
    ...(hint === undefined ? {} : { hint }),
  }
  return new AppError(code, `${url.host} ${text}${through}.`, options)
}

/** Whether a connection broke that had been made. */
export function isConnectionLoss(error: unknown): boolean {
  return codesOf(causes(error)).some((code) => CONNECTION_LOST.has(code))
}

function reasonOf(codes: readonly string[]): Reason {
  for (const code of codes) {
    const reason = REASONS[code]
    if (reason !== undefined) return reason
    if (UNTRUSTED_CODES.test(code)) return UNTRUSTED
    if (code.startsWith('HPE_')) return NO_HTTP
    if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
      return ['tls_untrusted', `and Archway could not agree on TLS (${code})`, CHECK_CA]
    }
  }
  return ['registry_unavailable', 'could not be asked', CHECK_HOST]
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = []
  const waiting: unknown[] = [error]
  while (waiting.length > 0 && found.length < 20) {
    const next = waiting.shift()
    found.push(next)
    if (next instanceof AggregateError) waiting.push(...next.errors)
    if (next instanceof Error && next.cause !== undefined) waiting.push(next.cause)
  }
  return found
}

function codesOf(chain: readonly unknown[]): string[] {
  return chain.flatMap((link) => {
    if (!(link instanceof Error)) return []
    // undici's parser gives its errors no code; without a byte of bad HTTP it is an end in the middle of an answer.
    if (link.name === 'HTTPParserError')
      return ['data' in link && link.data === '' ? 'UND_ERR_SOCKET' : 'HPE_']
    return 'code' in link && typeof link.code === 'string' ? [link.code] : []
  })
}
