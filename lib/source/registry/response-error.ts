import { AppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'
import { bareMediaType } from '#lib/oci/media-type.ts'
import type { RegistryRepository } from '#lib/oci/reference.ts'
import { parseRegistryErrors, type RegistryErrorEntry } from './registry-errors.ts'
import { retryAfterMs } from './retry-after.ts'
import type { TransportResponse } from './transport.ts'

/** What was asked for: it decides what “not there” means. */
export type Wanted = 'manifest' | 'tags' | 'blob' | 'referrers'

/** A request whose answer was not good. */
export interface RefusedRequest {
  readonly repository: RegistryRepository
  readonly wanted: Wanted
  /** What was asked for, in words: `quay.io/org/app:1.2`. */
  readonly what: string
  readonly response: TransportResponse
  readonly nowMs: number
}

const MAYBE_PRIVATE =
  'Check the name. It may also be private: `docker login` on Archway’s machine lets it look.'

/** Codes of an error body that say more than the status does. */
const BODY_CODES: Readonly<Record<string, ErrorCode>> = {
  MANIFEST_UNKNOWN: 'manifest_unknown',
  TAG_INVALID: 'manifest_unknown',
  NAME_UNKNOWN: 'repository_unknown',
  NAME_INVALID: 'repository_unknown',
  BLOB_UNKNOWN: 'blob_unknown',
  MANIFEST_BLOB_UNKNOWN: 'blob_unknown',
  DENIED: 'forbidden',
  TOOMANYREQUESTS: 'rate_limited',
}

const MISSING: Readonly<Record<Wanted, ErrorCode>> = {
  manifest: 'manifest_unknown',
  tags: 'repository_unknown',
  blob: 'blob_unknown',
  referrers: 'manifest_unknown',
}

/**
 * The `AppError` of an answer that is not 2xx: by the code in its body, then by its status. A web page instead of
 * registry data is called that. A 401 is not for here: see the authenticator.
 */
export function responseError(refused: RefusedRequest): AppError {
  const entries = parseRegistryErrors(refused.response.body)
  const code = codeOf(refused, entries)
  return new AppError(code, `${textOf(code, refused)}${quote(refused, entries)}`, {
    ...hintOf(code, refused),
    ...waitOf(code, refused),
    operatorDetail: `${refused.response.url.origin}${refused.response.url.pathname}: HTTP ${refused.response.status}`,
  })
}

/** Whether an answer is a web page: a proxy's, a login's, or a server that is no registry. */
export function isWebPage({ headers, body }: TransportResponse): boolean {
  if (bareMediaType(headers['content-type'] ?? '') === 'text/html') return true
  const start = new TextDecoder().decode(body.subarray(0, 200)).trimStart().toLowerCase()
  return start.startsWith('<!doctype html') || start.startsWith('<html')
}

/** The error of a good status with a web page in it. */
export function webPageError(response: TransportResponse): AppError {
  const message = `${response.url.host} answered with a web page instead of registry data.`
  return new AppError('registry_protocol', message, {
    hint: 'A proxy or login page may stand between, or this host is no registry.',
  })
}

function codeOf({ response, wanted }: RefusedRequest, entries: readonly RegistryErrorEntry[]): ErrorCode {
  const { status, headers } = response
  if (status === 429) return 'rate_limited'
  if (status >= 500 || status === 408 || status === 499) return 'registry_unavailable'
  for (const entry of entries) {
    const known = BODY_CODES[entry.code]
    if (known !== undefined) return known
  }
  if (status === 401) return 'unauthorised'
  if (status === 403 || status === 451) return 'forbidden'
  if (status === 407) return 'registry_unavailable'
  const isRegistry = headers['docker-distribution-api-version'] !== undefined
  if (isWebPage(response) && !isRegistry) return 'registry_protocol'
  if (status === 404 || status === 410) return MISSING[wanted]
  return 'registry_protocol'
}

function textOf(code: ErrorCode, { repository, what, response }: RefusedRequest): string {
  const { registry, path } = repository
  switch (code) {
    case 'manifest_unknown':
    case 'blob_unknown':
      return `${what} is not there.`
    case 'repository_unknown':
      return `${registry} knows no repository ${path}.`
    case 'forbidden':
      return `${registry} denies access to ${path}.`
    case 'unauthorised':
      return `${registry} wants a sign-in for ${path}.`
    case 'rate_limited':
      return `${registry} asks to wait: too many requests.`
    case 'registry_unavailable':
      return response.status === 407
        ? `The proxy before ${registry} wants a login (HTTP 407).`
        : `${registry} is in trouble (HTTP ${response.status}).`
    default:
      return `${registry} gave an answer that makes no sense for ${what} (HTTP ${response.status}).`
  }
}

function quote({ response, repository }: RefusedRequest, entries: readonly RegistryErrorEntry[]): string {
  if (isWebPage(response)) return ' It sent a web page: a proxy or login page may have answered in its place.'
  const [first] = entries
  if (first === undefined) return ''
  const said = first.message || first.code
  return said === '' ? '' : ` ${repository.registry} says: “${said}”.`
}

function hintOf(code: ErrorCode, { repository, response }: RefusedRequest): { hint?: string } {
  switch (code) {
    case 'repository_unknown':
      return { hint: MAYBE_PRIVATE }
    case 'forbidden':
      return { hint: 'Sign in with an account that may read it: `docker login` on Archway’s machine.' }
    case 'rate_limited':
      return repository.registry === 'docker.io'
        ? { hint: 'Docker Hub counts pulls: `docker login` raises the quota, or wait.' }
        : { hint: 'Wait a moment and try again.' }
    case 'registry_unavailable':
      return {
        hint: response.status === 407 ? 'Write the login into HTTPS_PROXY.' : 'Try again in a moment.',
      }
    case 'registry_protocol':
      return response.url.protocol === 'http:' && response.status === 400
        ? { hint: 'It was asked without TLS. If it wants TLS, ask it by a name that is not loopback.' }
        : { hint: 'Is this host a container registry?' }
    default:
      return {}
  }
}

function waitOf(code: ErrorCode, { response, nowMs }: RefusedRequest): { retryAfterMs?: number } {
  const waitMs = retryAfterMs(response.headers, nowMs)
  const isWait = code === 'rate_limited' || code === 'registry_unavailable'
  return isWait && waitMs !== undefined ? { retryAfterMs: waitMs } : {}
}
