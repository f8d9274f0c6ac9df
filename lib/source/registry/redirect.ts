import { AppError } from '#lib/errors/app-error.ts'
import { REGISTRY_LIMITS } from './limits.ts'
import type { PlainHttpRule } from './plain-http.ts'

/** Whether a status tells the client to ask elsewhere. */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

/**
 * Where a redirect leads, if it may be followed: at most 5, never round in a circle, never from https to http, http
 * only where plain http is spoken at all, no login within the URL. Throws `redirect_refused`, or `registry_protocol`
 * where no target is named. `visited` holds every URL asked so far, the current one last.
 */
export function redirectTarget(
  location: string | undefined,
  visited: readonly URL[],
  plain: PlainHttpRule,
): URL {
  const from = visited.at(-1)
  const first = visited[0]
  if (from === undefined || first === undefined) throw new TypeError('a redirect needs a request')
  if (location === undefined || !URL.canParse(location, from)) {
    throw new AppError('registry_protocol', `${from.host} redirects without saying where to.`)
  }
  const target = new URL(location, from)
  target.hash = ''
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw refused(first, `to a ${target.protocol.slice(0, 20)} address`)
  }
  if (target.username !== '' || target.password !== '')
    throw refused(first, 'to an address with a login in it')
  if (target.protocol === 'http:') {
    if (from.protocol === 'https:') throw refused(first, `from https to plain http at ${target.host}`)
    if (!plain.allows(target)) throw refused(first, `to plain http at ${target.host}`)
  }
  if (visited.some((url) => url.href === target.href)) throw refused(first, 'in a circle')
  if (visited.length > REGISTRY_LIMITS.redirects) {
    throw refused(first, `more than ${REGISTRY_LIMITS.redirects} times`)
  }
  return target
}

function refused(first: URL, reason: string): AppError {
  return new AppError('redirect_refused', `${first.host} redirects ${reason}; Archway does not follow.`, {
    hint: 'If this is a proxy or mirror of yours, its redirects need a look.',
  })
}
