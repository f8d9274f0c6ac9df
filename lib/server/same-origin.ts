import 'server-only'
import { AppError } from '#lib/errors/app-error.ts'

/**
 * Refuses a changing call that another site made a browser send: browsers state where a call comes from, other
 * clients do not and are let through. Throws `request_invalid`.
 */
export function requireSameOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site')
  if (site === null || site === 'same-origin' || site === 'none') return
  throw new AppError('request_invalid', 'Changes are taken from Archway’s own pages only.')
}
