import { MANIFEST_LIMITS } from '#lib/oci/manifest.ts'

/** How much of a registry's answers is read, and how often it is asked. Each limit hit is a named error. */
export const REGISTRY_LIMITS = {
  /** One manifest: `manifest_too_large`. */
  manifestBytes: MANIFEST_LIMITS.manifestBytes,
  /** One page of tag names (1,000 of 128 characters are 130 KiB; registries without paging send all at once). */
  tagsPageBytes: 8 << 20,
  /** What a token server may answer. */
  tokenBytes: 1 << 20,
  /** What is read of an error's body; the rest is left unread. */
  errorBytes: 64 << 10,
  /** What is read of a redirect's body, to keep the connection. */
  redirectBytes: 64 << 10,
  redirects: 5,
  tags: 100_000,
  tagPages: 1_000,
  tagsPerPage: 1_000,
  referrers: 1_000,
  referrerPages: 50,
  /** Connections and requests in flight to one host. */
  connectionsPerHost: 16,
  /** Longer than this, a `Retry-After` is told to the user instead of waited for. */
  longestWaitMs: 10_000,
  tries: 3,
} as const

/** How long each part of a request may take, in milliseconds. */
export interface RegistryTimeouts {
  /** DNS, TCP and TLS together. */
  readonly connectMs: number
  /** From the request's last byte to the answer's headers. */
  readonly headersMs: number
  /** Silence within a body. */
  readonly bodyIdleMs: number
  /** One request with its redirects and whole body. */
  readonly requestMs: number
  /** A layer, read as it comes. */
  readonly streamMs: number
}

/** The time-outs in force where the opener is told no others. */
export const REGISTRY_TIMEOUTS: RegistryTimeouts = {
  connectMs: 10_000,
  headersMs: 30_000,
  bodyIdleMs: 30_000,
  requestMs: 60_000,
  streamMs: 30 * 60_000,
}
