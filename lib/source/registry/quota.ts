import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '#lib/errors/app-error.ts'
import type { Quota } from '../image-source.ts'

/** Background work pauses while less than this part of a quota is left. */
const RESERVED_PART = 1 / 4

/**
 * Reads Docker Hub's `ratelimit-limit: 100;w=21600` and `ratelimit-remaining: 20;w=21600`. Undefined where either is
 * absent or not readable: no header means no limit.
 */
export function parseQuota(headers: IncomingHttpHeaders, now: Date): Quota | undefined {
  const limit = parseRate(headers['ratelimit-limit'])
  const remaining = parseRate(headers['ratelimit-remaining'])
  if (limit === undefined || remaining === undefined || limit.count === 0) return undefined
  return {
    limit: limit.count,
    remaining: Math.min(remaining.count, limit.count),
    windowSeconds: limit.windowSeconds ?? remaining.windowSeconds ?? 0,
    seenAt: now,
  }
}

/** How long background work leaves a host alone that said 429 and not for how long. */
const PAUSE_MS = 10_000

/** Remembers what a host last said about its rate limit, and holds background work back. */
export class QuotaMeter {
  #quota: Quota | undefined
  #pausedUntilMs = 0

  /** What was seen last. */
  get quota(): Quota | undefined {
    return this.#quota
  }

  /** Takes note of an answer. Answers without the headers change nothing: only some of a host's carry them. */
  observe(headers: IncomingHttpHeaders, nowMs: number): void {
    if (headers['ratelimit-limit'] === undefined) return
    this.#quota = parseQuota(headers, new Date(nowMs)) ?? this.#quota
  }

  /** Takes note of a 429 that asks for so long. */
  pause(forMs: number | undefined, nowMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + (forMs ?? PAUSE_MS))
  }

  /**
   * Lets background work pass, or throws `rate_limited` while less than a quarter of the quota is left, or shortly
   * after a 429. What was seen more than a window ago no longer counts.
   */
  assertRoomForBackground(registry: string, nowMs: number): void {
    if (nowMs < this.#pausedUntilMs) {
      const message = `${registry} asked to wait. Background work is paused; what you open still loads.`
      throw new AppError('rate_limited', message, { retryAfterMs: this.#pausedUntilMs - nowMs })
    }
    const quota = this.#quota
    if (quota === undefined || quota.remaining >= quota.limit * RESERVED_PART) return
    const restMs = quota.seenAt.getTime() + quota.windowSeconds * 1_000 - nowMs
    if (restMs <= 0) return
    const left = `${quota.remaining} of ${quota.limit} requests`
    const message = `${registry} has ${left} left for now. Background work is paused; what you open still loads.`
    throw new AppError('rate_limited', message, {
      hint: 'Sign in with `docker login` for a larger quota, or wait.',
      retryAfterMs: restMs,
    })
  }
}

function parseRate(
  header: string | readonly string[] | undefined,
): { count: number; windowSeconds: number | undefined } | undefined {
  const text = typeof header === 'string' ? header : header?.[0]
  const match = /^\s*(\d{1,9})\b(?:.*?;\s*(?:w|window)\s*=\s*(\d{1,9}))?/.exec(text ?? '')
  if (!match) return undefined
  return { count: Number(match[1]), windowSeconds: match[2] === undefined ? undefined : Number(match[2]) }
}
