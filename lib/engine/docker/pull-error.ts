import { AppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'
import type { PullRequest } from '../engine.ts'
import { quoteWords } from './quote-words.ts'

type Rule = readonly [pattern: RegExp, code: ErrorCode, says: string, hint: (request: PullRequest) => string]

/** Engines tell the reason in prose only; this is the one place that reads it. First match wins. */
const RULES: readonly Rule[] = [
  [
    /server gave HTTP response to HTTPS client/i,
    'image_pull_failed',
    'asks it by HTTPS, and the registry speaks plain HTTP',
    ({ repository }) => `Add ${repository.registry} to “insecure-registries” of the engine and restart it.`,
  ],
  [
    /x509|certificate/i,
    'image_pull_failed',
    'does not trust its certificate',
    ({ repository }) => `Put the registry’s CA into /etc/docker/certs.d/${repository.registry}/ca.crt there.`,
  ],
  [
    /toomanyrequests|too many requests|rate limit/i,
    'rate_limited',
    'has pulled too much from it for now',
    () => 'Wait, or give Archway a login of the registry: with one the limit is higher.',
  ],
  [
    /unauthorized|authentication required|access denied|requested access|\bdenied\b|no basic auth/i,
    'unauthorised',
    'may not pull from it',
    ({ repository }) =>
      `Archway hands its own login on: docker login ${repository.registry}, or look at its rights.`,
  ],
  [
    /manifest unknown|manifest for .* not found|name unknown|repository .* not found|not found: manifest/i,
    'manifest_unknown',
    'does not find the image in it',
    () => 'It was there when Archway looked: it may have been deleted since.',
  ],
  [
    /unknown blob|blob unknown|blob .* not found/i,
    'blob_unknown',
    'misses a part of the image in it',
    () => 'A layer or the config was deleted there: push the image again.',
  ],
  [
    /no space left/i,
    'image_pull_failed',
    'has no room on its disk',
    () => 'Free some there: docker system df shows what takes it.',
  ],
  [
    /verification failed for digest|digest did not match|not match provided manifest digest/i,
    'digest_mismatch',
    'got other bytes from it than the digest says',
    () => 'They were changed in the registry, or by a proxy on the way: push the image again.',
  ],
  [
    /layers from manifest don't match image configuration|invalid tar header|gzip: invalid/i,
    'image_broken',
    'cannot unpack what it got from it',
    () => 'A layer is no tar archive, or not the one that the config names: build the image again.',
  ],
  [
    /dial tcp|dial unix|lookup |no such host|connection refused|connection reset|i\/o timeout|no route|unreachable|awaiting headers|handshake timeout|proxyconnect|\bEOF\b/i,
    'registry_unseen',
    'cannot reach it',
    unseenHint,
  ],
]

/** The error of a pull that failed in the engine with these words. */
export function pullError(request: PullRequest, address: string, words: string): AppError {
  const said = quoteWords(words)
  const { registry, path } = request.repository
  const rule = RULES.find(([pattern]) => pattern.test(said))
  if (rule === undefined) {
    return new AppError('image_pull_failed', `The engine could not pull ${registry}/${path}: ${said}`, {
      operatorDetail: `${address}: ${said}`,
    })
  }
  const [, code, text, hint] = rule
  return new AppError(code, `The engine ${text}: ${registry}/${path} (${said})`, {
    hint: hint(request),
    operatorDetail: `${address}: ${said}`,
  })
}

/** Whether the engine refused because the image's config names another platform than the one asked for. */
export function isPlatformRefusal(words: string): boolean {
  return /does not match the (specified|expected) platform|no match for platform|platform .* not found/i.test(
    words,
  )
}

function unseenHint({ repository }: PullRequest): string {
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/.test(repository.registry)) {
    return (
      `“${repository.registry}” means the engine’s own machine (or its virtual machine), not this one. ` +
      'Use a name that both reach, or an engine on this machine.'
    )
  }
  return 'The engine pulls by itself, from its own machine: the registry must be reachable from there, by its proxy or without.'
}
