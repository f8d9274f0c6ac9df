import type { Clock } from './clock.ts'
import { REGISTRY_LIMITS } from './limits.ts'
import { isConnectionLoss } from './network-error.ts'
import { retryAfterMs } from './retry-after.ts'
import type { TransportResponse } from './transport.ts'

const STATUSES = new Set([408, 429, 499, 500, 502, 503, 504, 522])
const FIRST_WAIT_MS = 1_000
const FACTOR = 3
const JITTER = 0.1

/**
 * Sends a request that changes nothing (GET, HEAD) up to three times: again after 408, 429, 499, 500, 502, 503, 504,
 * 522 and after a connection that broke, waiting 1 s and 3 s or what `Retry-After` asks. An answer that asks for more
 * than 10 s, or whose quota is used up, is returned at once: waiting is then the user's choice. Time-outs are not
 * repeated. Returns the last answer, or throws the last failure.
 */
export async function withRetries(
  send: () => Promise<TransportResponse>,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<TransportResponse> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= REGISTRY_LIMITS.tries
    const backoffMs = FIRST_WAIT_MS * FACTOR ** (attempt - 1) * (1 + JITTER * (2 * clock.random() - 1))
    let waitMs = backoffMs
    try {
      const response = await send()
      if (isLast || !STATUSES.has(response.status) || isUsedUp(response)) return response
      waitMs = retryAfterMs(response.headers, clock.now()) || backoffMs
      if (waitMs > REGISTRY_LIMITS.longestWaitMs) return response
    } catch (error) {
      if (isLast || !isConnectionLoss(error)) throw error
    }
    await clock.sleep(waitMs, signal)
  }
}

function isUsedUp({ status, headers }: TransportResponse): boolean {
  return status === 429 && /^\s*0\s*(;|$)/.test(String(headers['ratelimit-remaining'] ?? ''))
}
