import 'server-only'
import { createHash } from 'node:crypto'
import { type BadgeQuery, shieldsBadge } from '#lib/api/badge.ts'
import { renderBadge } from '#lib/report/render/render-badge.ts'
import type { Badge } from '#lib/service/badge/read-badge.ts'

/** Pages show a badge for this long before they ask again; the registry is asked no more often either. */
const MAX_AGE_SECONDS = 300

/**
 * A badge, for pages of any site. Where Archway serves this machine alone, other sites may not even measure the image:
 * its width tells what it says of somebody's private repository.
 */
export function badgeResponse(
  badge: Badge,
  format: BadgeQuery['format'],
  { headers: asked }: Request,
  servesLoopbackOnly: boolean,
): Response {
  const text =
    format === 'svg' ? renderBadge(badge) : JSON.stringify(shieldsBadge.parse({ schemaVersion: 1, ...badge }))
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const headers = {
    'Content-Type': format === 'svg' ? 'image/svg+xml; charset=utf-8' : 'application/json',
    'Cache-Control': `public, max-age=${MAX_AGE_SECONDS}`,
    ETag: tag,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': servesLoopbackOnly ? 'same-site' : 'cross-origin',
  }
  const isKnown = (asked.get('if-none-match') ?? '')
    .split(',')
    .some((one) => one.trim().replace(/^W\//, '') === tag)
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(text, { headers })
}
