import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import type { KnownChallenge } from './challenge.ts'
import type { Clock } from './clock.ts'
import type { Credential } from './credentials.ts'
import type { ByteLimit } from './http-exchange.ts'
import { REGISTRY_LIMITS } from './limits.ts'
import { type LoginTarget, loginRefused } from './login-refused.ts'
import { isWebPage, webPageError } from './response-error.ts'
import { withRetries } from './retry.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Transport, TransportResponse } from './transport.ts'

/** A token and when it ends by this machine's clock. */
export interface BearerToken {
  readonly value: string
  readonly expiresAtMs: number
}

/** What a token is asked with. */
export interface TokenTools {
  readonly transport: Pick<Transport, 'send' | 'plainHttp'>
  readonly clock: Clock
}

/** A challenge to answer with a token, for whom, and with which login. */
export interface TokenRequest {
  readonly challenge: Extract<KnownChallenge, { kind: 'bearer' }>
  readonly target: LoginTarget
  readonly credential: Credential
}

const CLIENT_ID = 'archway'
/** https://distribution.github.io/distribution/spec/auth/token/ : tokens live at least, and by default, this long. */
const LEAST_LIFE_S = 60
/** Visible ASCII: what a header can carry. */
const TOKEN_TEXT = /^[\x21-\x7e]+$/

const answerSchema = z.object({
  token: z.string().nullish(),
  access_token: z.string().nullish(),
  expires_in: z.coerce.number().positive().finite().nullish().catch(undefined),
  issued_at: z.string().nullish().catch(undefined),
})

/**
 * Gets a token: `GET realm?service&scope&client_id`, with Basic where there is a login and anonymously where not; an
 * identity token is exchanged by POST (OAuth2), and by GET where the server knows no POST (404, 405). The realm is
 * untrusted: it must be https, unless the registry itself is asked without TLS, and goes through the address guard.
 *
 * Throws `unauthorised` or `forbidden` where the login is refused, `address_refused`, `rate_limited`,
 * `registry_unavailable`, `registry_protocol` and what `Transport.send` throws.
 */
export async function fetchToken(
  tools: TokenTools,
  request: TokenRequest,
  signal: AbortSignal | undefined,
): Promise<BearerToken> {
  checkRealm(tools, request)
  const exchanged =
    request.credential.kind === 'identity-token' ? await post(tools, request, signal) : undefined
  const isUnknown = exchanged?.status === 404 || exchanged?.status === 405
  const response = exchanged === undefined || isUnknown ? await get(tools, request, signal) : exchanged
  if (response.status < 200 || response.status > 299) throw refusal(tools, request, response)
  return readToken(tools, response)
}

function checkRealm({ transport }: TokenTools, { challenge: { realm }, target }: TokenRequest): void {
  const { registry, origin } = target
  const isPlainRegistry = origin.protocol === 'http:' || transport.plainHttp.allows(origin)
  const isFine = realm.protocol === 'https:' || (realm.protocol === 'http:' && isPlainRegistry)
  if (isFine && realm.username === '' && realm.password === '') return
  const reason = isFine ? 'with a login in it' : 'without TLS'
  throw new AppError(
    'address_refused',
    `${registry} names a token server ${reason}; Archway does not ask it.`,
    {
      operatorDetail: `realm ${realm.origin}`,
    },
  )
}

function get(
  { transport, clock }: TokenTools,
  request: TokenRequest,
  signal: AbortSignal | undefined,
): Promise<TransportResponse> {
  const { challenge, credential } = request
  const url = new URL(challenge.realm)
  url.hash = ''
  if (challenge.service !== undefined) url.searchParams.set('service', challenge.service)
  for (const scope of challenge.scopes) url.searchParams.append('scope', scope)
  url.searchParams.set('client_id', CLIENT_ID)
  const authorization = basicHeader(credential)
  const send = () =>
    transport.send({
      method: 'GET',
      url,
      limit: TOKEN_LIMIT,
      signal,
      headers: { accept: 'application/json' },
      ...(authorization === undefined ? {} : { authorization }),
    })
  return withRetries(send, clock, signal)
}

function post(
  { transport }: TokenTools,
  { challenge, credential }: TokenRequest,
  signal: AbortSignal | undefined,
): Promise<TransportResponse> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: CLIENT_ID,
    refresh_token: credential.kind === 'identity-token' ? credential.token : '',
    ...(challenge.service === undefined ? {} : { service: challenge.service }),
    scope: challenge.scopes.join(' '),
  })
  return transport.send({
    method: 'POST',
    url: challenge.realm,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    limit: TOKEN_LIMIT,
    signal,
  })
}

/** `Basic …` for a login (an identity token stands in for the password), undefined for none. */
export function basicHeader(credential: Credential): string | undefined {
  if (credential.kind === 'anonymous') return undefined
  const secret = credential.kind === 'basic' ? credential.password : credential.token
  return `Basic ${Buffer.from(`${credential.username}:${secret}`).toString('base64')}`
}

function readToken({ clock }: TokenTools, response: TransportResponse): BearerToken {
  if (isWebPage(response)) throw webPageError(response)
  let answer: z.infer<typeof answerSchema>
  try {
    answer = answerSchema.parse(JSON.parse(new TextDecoder().decode(response.body)))
  } catch {
    // The cause would quote the answer, which may hold a token.
    throw nonsense(response, 'an answer that is not a token in JSON')
  }
  const value = answer.token || answer.access_token || ''
  if (!TOKEN_TEXT.test(value)) throw nonsense(response, 'an answer without a usable token')
  const lifeS = Math.max(LEAST_LIFE_S, answer.expires_in ?? LEAST_LIFE_S)
  const ageS = ageOf(answer.issued_at, response.headers)
  return { value, expiresAtMs: clock.now() + Math.max(0, lifeS - ageS) * 1_000 }
}

/** How old a token already is, by the server's own clock on both sides: ours may differ. */
function ageOf(issuedAt: string | null | undefined, headers: IncomingHttpHeaders): number {
  const ageMs = Date.parse(headers.date ?? '') - Date.parse(issuedAt ?? '')
  return Number.isNaN(ageMs) ? 0 : Math.max(0, ageMs / 1_000)
}

function refusal({ clock }: TokenTools, request: TokenRequest, response: TransportResponse): AppError {
  const { status, url } = response
  // RFC 6749 §5.2: a refresh token that is not accepted is a 400.
  const isExchange = request.credential.kind === 'identity-token'
  if (status === 401 || (status === 400 && isExchange))
    return loginRefused(request.target, request.credential)
  if (status === 403) return loginRefused(request.target, request.credential, 'forbidden')
  const waitMs = retryAfterMs(response.headers, clock.now())
  const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs }
  if (status === 429) {
    return new AppError('rate_limited', `The token server ${url.host} asks to wait.`, wait)
  }
  if (status >= 500 || status === 408 || status === 499) {
    return new AppError(
      'registry_unavailable',
      `The token server ${url.host} is in trouble (HTTP ${status}).`,
      {
        hint: 'Try again in a moment.',
        ...wait,
      },
    )
  }
  if (isWebPage(response)) return webPageError(response)
  return nonsense(response, `HTTP ${status}`)
}

function nonsense({ url }: TransportResponse, answer: string): AppError {
  return new AppError('registry_protocol', `The token server ${url.host} gave ${answer}.`, {
    operatorDetail: `${url.origin}${url.pathname}`,
  })
}

const TOKEN_LIMIT: ByteLimit = {
  maxBytes: REGISTRY_LIMITS.tokenBytes,
  exceeded: () => new AppError('registry_protocol', 'A token server’s answer is larger than 1 MiB.'),
}
