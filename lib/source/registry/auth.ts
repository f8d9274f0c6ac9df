import { AppError } from '#lib/errors/app-error.ts'
import { SingleFlight } from '../single-flight.ts'
import { BoundedMap } from './bounded-map.ts'
import { type Challenge, chooseChallenge, type KnownChallenge, parseChallenges } from './challenge.ts'
import type { Credential, CredentialStore } from './credentials.ts'
import { type LoginTarget, loginRefused } from './login-refused.ts'
import { parseRegistryErrors } from './registry-errors.ts'
import { type BearerToken, basicHeader, fetchToken, type TokenTools } from './token.ts'
import type { TransportResponse } from './transport.ts'

type BearerChallenge = Extract<KnownChallenge, { kind: 'bearer' }>

/** What a request is sent with. */
export interface Authorisation {
  /** Value of the `Authorization` header. */
  readonly header: string
  readonly credential: Credential
  /** Set for a token: where it is cached, what it was asked for, and whether it was got just now. */
  readonly token?: { readonly key: string; readonly scopes: readonly string[]; readonly isFresh: boolean }
}

/** Answers the challenges of registries and remembers how. */
export interface Authenticator {
  /**
   * What to send at once, because the registry asked for it before; undefined while it has not. Throws what
   * `answer` throws.
   */
  authorise(target: LoginTarget, signal: AbortSignal | undefined): Promise<Authorisation | undefined>
  /**
   * What to send after a 401; `rejected` is what was sent with it. Throws `unauthorised` or `forbidden` when there
   * is nothing better to send, `credentials_unavailable`, and what `fetchToken` throws.
   */
  answer(
    target: LoginTarget,
    refused: TransportResponse,
    rejected: Authorisation | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Authorisation>
}

/** What the authenticator works with. */
export interface AuthTools extends TokenTools {
  readonly credentials: CredentialStore
}

/** A token is renewed this long before its end, so that it does not end on the way. */
const RENEW_EARLY_MS = 5_000
const REMEMBERED_REPOSITORIES = 2_000
const REMEMBERED_TOKENS = 2_000
/** Scopes that one repository's challenges may add up to (Azure asks for another one to list tags). */
const SCOPES_MAX = 8

/** Makes an authenticator: one for all registries, so that tokens are shared. */
export function createAuthenticator(tools: AuthTools): Authenticator {
  const challenges = new BoundedMap<KnownChallenge>(REMEMBERED_REPOSITORIES)
  const tokens = new BoundedMap<BearerToken>(REMEMBERED_TOKENS)
  const flights = new SingleFlight<BearerToken>()

  async function basic(target: LoginTarget, rejected: Authorisation | undefined): Promise<Authorisation> {
    const credential = await tools.credentials.lookup(target.registry, target.path)
    const header = credential.kind === 'basic' ? basicHeader(credential) : undefined
    if (header === undefined || header === rejected?.header) throw loginRefused(target, credential)
    return { header, credential }
  }

  async function bearer(
    target: LoginTarget,
    challenge: BearerChallenge,
    signal: AbortSignal | undefined,
  ): Promise<Authorisation> {
    const credential = await tools.credentials.lookup(target.registry, target.path)
    const { realm, service, scopes } = challenge
    const key = JSON.stringify([target.registry, realm.href, service, scopes, credential.key])
    const withToken = (token: BearerToken, isFresh: boolean): Authorisation => ({
      header: `Bearer ${token.value}`,
      credential,
      token: { key, scopes, isFresh },
    })
    const known = tokens.get(key)
    if (known !== undefined && tools.clock.now() < known.expiresAtMs - RENEW_EARLY_MS) {
      return withToken(known, false)
    }
    const fetched = await flights.run(key, signal, async (shared) => {
      const token = await fetchToken(tools, { challenge, target, credential }, shared)
      tokens.set(key, token)
      return token
    })
    return withToken(fetched, true)
  }

  return {
    async authorise(target, signal) {
      const challenge = challenges.get(keyOf(target))
      if (challenge === undefined) return undefined
      return challenge.kind === 'basic' ? basic(target, undefined) : bearer(target, challenge, signal)
    },
    async answer(target, refused, rejected, signal) {
      if (refused.url.origin !== target.origin.origin) throw foreignChallenge(target, refused)
      const stated = parseChallenges(refused.headers['www-authenticate'])
      const chosen = chooseChallenge(stated, refused.url)
      if (chosen === undefined) {
        if (rejected !== undefined) throw loginRefused(target, rejected.credential, codeOf(refused))
        throw unknownChallenge(target, stated)
      }
      if (chosen.kind === 'basic') {
        challenges.set(keyOf(target), chosen)
        return basic(target, rejected)
      }
      const merged = merge(challenges.get(keyOf(target)), withDefaultScope(chosen, target))
      if (rejected?.token !== undefined) {
        const { key, scopes, isFresh } = rejected.token
        const isWider = merged.scopes.some((scope) => !scopes.includes(scope))
        if (isFresh && !isWider) throw loginRefused(target, rejected.credential, codeOf(refused))
        if (`Bearer ${tokens.get(key)?.value}` === rejected.header) tokens.delete(key)
      }
      challenges.set(keyOf(target), merged)
      return bearer(target, merged, signal)
    },
  }
}

function keyOf({ registry, path }: LoginTarget): string {
  return `${registry}/${path}`
}

function withDefaultScope(challenge: BearerChallenge, { path }: LoginTarget): BearerChallenge {
  return challenge.scopes.length > 0 ? challenge : { ...challenge, scopes: [`repository:${path}:pull`] }
}

/** The new challenge, with the scopes that the same token server asked for before: one token then serves both. */
function merge(known: KnownChallenge | undefined, now: BearerChallenge): BearerChallenge {
  const isSame =
    known?.kind === 'bearer' && known.realm.href === now.realm.href && known.service === now.service
  const before = isSame ? known.scopes : []
  const scopes = [...new Set([...now.scopes, ...before])].slice(0, SCOPES_MAX).sort()
  return { ...now, scopes }
}

function codeOf(refused: TransportResponse): 'unauthorised' | 'forbidden' {
  return parseRegistryErrors(refused.body).some(({ code }) => code === 'DENIED')
    ? 'forbidden'
    : 'unauthorised'
}

function foreignChallenge({ registry }: LoginTarget, { url }: TransportResponse): AppError {
  return new AppError(
    'unauthorised',
    `${registry} redirected to ${url.host}, which wants a sign-in of its own. Logins are sent to ${registry} only.`,
  )
}

function unknownChallenge({ registry, path }: LoginTarget, challenges: readonly Challenge[]): AppError {
  const schemes = challenges.map(({ scheme }) => scheme.slice(0, 30)).join(', ')
  const asked =
    schemes === '' ? 'without saying of which kind' : `of a kind Archway does not know (${schemes})`
  return new AppError('unauthorised', `${registry} wants a sign-in for ${path} ${asked}.`, {
    hint: 'Archway knows Basic and Bearer, as `docker login` does.',
  })
}
