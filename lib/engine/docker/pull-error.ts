import { AppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'
import type { PullRequest } from '../engine.ts'
import { quoteWords } from './quote-words.ts'

interface Rule {
  readonly pattern: RegExp
  readonly code: ErrorCode
  /** Continues “The engine”. */
  readonly says: (registry: string) => string
  readonly hint: (registry: string) => string
}

/** Engines tell the reason in prose only; this is the one place that reads it. First match wins. */
const RULES: readonly Rule[] = [
  {
    pattern: /server gave HTTP response to HTTPS client/i,
    code: 'image_pull_failed',
    says: (registry) => `asks ${registry} by HTTPS, and that registry speaks plain HTTP`,
    hint: (registry) =>
      `Docker: add “${registry}” to “insecure-registries” in the engine’s daemon.json and restart it. ` +
      `Podman: [[registry]] location = "${registry}", insecure = true in registries.conf.`,
  },
  {
    pattern: /x509|certificate/i,
    code: 'image_pull_failed',
    says: (registry) => `does not trust the certificate of ${registry}`,
    hint: (registry) =>
      `Put the registry’s CA into /etc/docker/certs.d/${registry}/ca.crt on the engine’s machine.`,
  },
  {
    pattern: /toomanyrequests|too many requests|rate limit/i,
    code: 'rate_limited',
    says: (registry) => `has pulled too much from ${registry} for now`,
    hint: () => 'Wait, or give Archway a login of the registry: with one the limit is higher.',
  },
  {
    pattern: /unauthorized|authentication required|access denied|requested access|\bdenied\b|no basic auth/i,
    code: 'unauthorised',
    says: (registry) => `may not pull from ${registry}`,
    hint: (registry) => `Archway hands its own login on: docker login ${registry}, or look at its rights.`,
  },
  {
    pattern:
      /manifest unknown|manifest for .* not found|name unknown|repository .* not found|not found: manifest/i,
    code: 'manifest_unknown',
    says: (registry) => `does not find the image in ${registry}`,
    hint: () => 'It was there when Archway looked: it may have been deleted since.',
  },
  {
    pattern: /unknown blob|blob unknown|blob .* not found/i,
    code: 'blob_unknown',
    says: (registry) => `misses a part of the image in ${registry}`,
    hint: () => 'A layer or the config was deleted there: push the image again.',
  },
  {
    pattern: /no space left/i,
    code: 'image_pull_failed',
    says: () => 'has no room on its disk',
    hint: () => 'Free some there: docker system df shows what takes it.',
  },
  {
    pattern: /verification failed for digest|digest did not match|not match provided manifest digest/i,
    code: 'digest_mismatch',
    says: (registry) => `got other bytes from ${registry} than their digest says`,
    hint: () => 'They were changed in the registry, or by a proxy on the way: push the image again.',
  },
  {
    pattern: /layers from manifest don't match image configuration|invalid tar header|gzip: invalid/i,
    code: 'image_broken',
    says: (registry) => `cannot unpack what it got from ${registry}`,
    hint: () => 'A layer is no tar archive, or not the one that the config names: build the image again.',
  },
  {
    pattern: /unexpected EOF/i,
    code: 'image_pull_failed',
    says: (registry) => `was cut off by ${registry} in the middle of the image`,
    hint: () =>
      'Try again. Where it ends there each time, the registry has a layer in part only: push the image again.',
  },
  {
    pattern:
      /dial tcp|dial unix|lookup |no such host|connection refused|connection reset|i\/o timeout|no route|unreachable|awaiting headers|handshake timeout|proxyconnect|\bEOF\b/i,
    code: 'registry_unseen',
    says: (registry) => `cannot reach the registry ${registry}, which Archway reaches from here`,
    hint: unseenHint,
  },
]

/** The error of a pull that failed in the engine with these words. */
export function pullError(request: PullRequest, address: string, words: string): AppError {
  const said = quoteWords(words)
  const { registry, path } = request.repository
  const name = `${registry}/${path}`
  const operatorDetail = `${address}: ${said}`
  const rule = RULES.find(({ pattern }) => pattern.test(said))
  if (rule === undefined) {
    return new AppError('image_pull_failed', `The engine could not pull ${name}: ${said}`, { operatorDetail })
  }
  return new AppError(
    rule.code,
    `The engine ${rule.says(registry)}, so it did not get ${name}. It said: ${said}`,
    { hint: rule.hint(registry), operatorDetail },
  )
}

/** Whether the engine refused because the image's config names another platform than the one asked for. */
export function isPlatformRefusal(words: string): boolean {
  return /does not match the (specified|expected) platform|no match for platform|platform .* not found/i.test(
    words,
  )
}

function unseenHint(registry: string): string {
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/.test(registry)) {
    return (
      `To the engine “${registry}” is its own machine, or the virtual machine it runs in, not this one. ` +
      'Name the registry by an address that both reach, or use an engine on this machine.'
    )
  }
  return 'The engine pulls by itself: the registry must be reachable from its machine, by its proxy or without.'
}
