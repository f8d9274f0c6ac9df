import type { IncomingHttpHeaders } from 'node:http'

/**
 * How long an answer asks to be left alone, in milliseconds: `Retry-After` in seconds or as a date (RFC 9110
 * §10.2.3), or Docker Hub's older `X-Retry-After` as a Unix time. Undefined where it says nothing readable.
 */
export function retryAfterMs(headers: IncomingHttpHeaders, nowMs: number): number | undefined {
  const text = headers['retry-after']?.trim()
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const date = text !== undefined && /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(date)) return Math.max(0, date - nowMs)
  const old = headers['x-retry-after']
  if (typeof old === 'string' && /^\d{1,12}$/.test(old.trim())) {
    return Math.max(0, Number(old.trim()) * 1_000 - nowMs)
  }
  return undefined
}
