import { AppError } from '#lib/errors/app-error.ts'

/**
 * The URL of the next page: `Link: <…>; rel="next"` (RFC 8288), relative or absolute, followed as given. A registry
 * behind a TLS proxy may call its own host `http`: the origin in use is kept. Undefined where there is no next page.
 * Throws `registry_protocol` for another host, which would see the login.
 */
export function nextPage(header: string | readonly string[] | undefined, current: URL): URL | undefined {
  if (header === undefined) return undefined
  const text = typeof header === 'string' ? header : header.join(', ')
  for (const [, target = '', parameters = ''] of text.matchAll(/<([^>]*)>((?:\s*;[^,<]*)?)/g)) {
    if (!/;\s*rel\s*=\s*"?(?:[^";]*\s)?next(?:\s[^";]*)?"?\s*(?:;|$)/i.test(parameters)) continue
    if (!URL.canParse(target, current)) throw refused(current, 'a link that is no URL')
    const next = new URL(target, current)
    if (next.host !== current.host) throw refused(current, 'a link to another host')
    return new URL(next.pathname + next.search, current.origin)
  }
  return undefined
}

function refused(current: URL, what: string): AppError {
  return new AppError(
    'registry_protocol',
    `${current.host} pages its answer by ${what}; Archway does not follow.`,
  )
}
