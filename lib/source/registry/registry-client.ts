import type { RegistryRepository } from '#lib/oci/reference.ts'
import type { CallOptions } from '../image-source.ts'
import type { Authenticator, Authorisation } from './auth.ts'
import { cancelled } from './cancelled.ts'
import type { Clock } from './clock.ts'
import { type HostState, SLOT_PRIORITY } from './host-state.ts'
import type { ByteLimit } from './http-exchange.ts'
import type { LoginTarget } from './login-refused.ts'
import { isWebPage, responseError, type Wanted, webPageError } from './response-error.ts'
import { withRetries } from './retry.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Transport, TransportResponse } from './transport.ts'
import type { Warnings } from './warnings.ts'

/** One question to a registry. */
export interface RegistryQuestion {
  readonly method: 'GET' | 'HEAD'
  readonly url: URL
  readonly accept: string
  readonly limit: ByteLimit
  readonly wanted: Wanted
  /** What is asked for, in words, for messages: `quay.io/org/app:1.2`. */
  readonly what: string
  /** Statuses other than 2xx that are an answer to the asker, not an error. */
  readonly answers?: readonly number[]
  /** Only a part is wanted: `bytes=0-50`. Answered with 206, or ignored. */
  readonly range?: string
  /** The body is wanted as it comes, not whole. */
  readonly isStreamed?: boolean
}

/** Asks one repository's registry: signed in, within the host's limits, with retries. */
export interface RegistryClient {
  readonly repository: RegistryRepository
  /** Origin of the registry's API. */
  readonly origin: URL
  readonly host: HostState
  readonly clock: Clock
  /** Resolves for 2xx and for `answers`. Throws `AppError` only. */
  ask(question: RegistryQuestion, call: CallOptions | undefined): Promise<TransportResponse>
}

/** What a client is made of. */
export interface ClientParts {
  readonly repository: RegistryRepository
  readonly origin: URL
  readonly host: HostState
  readonly transport: Transport
  readonly authenticator: Authenticator
  readonly warnings: Warnings
  readonly clock: Clock
}

/** Without a login, with a remembered or cached one, with a fresh one, and one more where scopes add up. */
const SENDS_MAX = 4

/** Makes a client for one repository. Throws `address_refused` where the name alone tells that it may not be asked. */
export function createRegistryClient(parts: ClientParts): RegistryClient {
  const { repository, origin, host, transport, authenticator, warnings, clock } = parts
  const target: LoginTarget = { registry: repository.registry, path: repository.path, origin }
  transport.check(origin)

  /** One request within the host's slots; waiting for a token or for a retry takes no slot. */
  async function send(question: RegistryQuestion, login: Authorisation | undefined, call: CallOptions) {
    const { signal, background = false } = call
    const { method, url, limit, accept, range, isStreamed } = question
    try {
      return await host.slots.add(
        async () => {
          // Judged and noted within the slot: what those ahead were answered decides.
          if (background) host.quota.assertRoomForBackground(repository.registry, clock.now())
          const response = await transport.send({
            ...{ method, url, limit, signal, isStreamed },
            headers: { accept, ...(range === undefined ? {} : { range }) },
            ...(login === undefined ? {} : { authorization: login.header }),
          })
          host.quota.observe(response.headers, clock.now())
          warnings.observe(response.headers.warning)
          return response
        },
        {
          priority: background ? SLOT_PRIORITY.background : SLOT_PRIORITY.foreground,
          ...(signal === undefined ? {} : { signal }),
        },
      )
    } catch (error) {
      throw signal?.aborted ? cancelled(signal) : error
    }
  }

  async function sendSignedIn(question: RegistryQuestion, call: CallOptions): Promise<TransportResponse> {
    let login = await authenticator.authorise(target, call.signal)
    for (let sends = 1; ; sends++) {
      const response = await withRetries(() => send(question, login, call), clock, call.signal)
      if (response.status === 429) host.quota.pause(retryAfterMs(response.headers, clock.now()), clock.now())
      if (response.status !== 401 || sends === SENDS_MAX) return response
      login = await authenticator.answer(target, response, login, call.signal)
    }
  }

  return {
    repository,
    origin,
    host,
    clock,
    async ask(question, call = {}) {
      if (call.signal?.aborted) throw cancelled(call.signal)
      const response = await sendSignedIn(question, call)
      const { status } = response
      if (question.answers?.includes(status)) return response
      if (status < 200 || status > 299) {
        const { wanted, what } = question
        throw responseError({ repository, wanted, what, response, nowMs: clock.now() })
      }
      if (question.wanted !== 'blob' && isWebPage(response)) throw webPageError(response)
      return response
    },
  }
}
