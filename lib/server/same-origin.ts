import 'server-only'
import { AppError } from '#lib/errors/app-error.ts'

/**
 * Refuses a changing call that another site made a browser send: browsers state where a call comes from, other clients
 * do not and are let through. Over plain HTTP, away from loopback, they state the origin alone. Throws
 * `request_invalid`.
 */
export function requireSameOrigin({ headers }: Request): void {
  const site = headers.get('sec-fetch-site')
  if (site === null ? isOwnOrigin(headers) : site === 'same-origin' || site === 'none') return
  throw new AppError('request_invalid', 'Changes are taken from Archway’s own pages only.')
}

/** By its host: a proxy in front may speak TLS where this server does not. */
function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin === null) return true
  const hosts = [headers.get('host'), headers.get('x-forwarded-host')]
  return URL.canParse(origin) && hosts.includes(new URL(origin).host)
}
