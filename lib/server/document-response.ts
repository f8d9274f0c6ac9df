import 'server-only'
import { REPORT_PAGE_POLICY } from '#lib/report/render/render-html.ts'
import type { ReportDocument } from '#lib/service/report/get-report-document.ts'

/**
 * The page holds foreign text and comes from Archway's own origin. It is escaped and may run nothing; in a sandbox even
 * what would get past both had none of this origin's rights.
 */
const POLICY = `sandbox; ${REPORT_PAGE_POLICY}; frame-ancestors 'none'`

/** A document of a report: the page is shown, everything else is a file to keep. */
export function documentResponse({ text, mediaType, fileName }: ReportDocument): Response {
  const disposition = mediaType.startsWith('text/html') ? 'inline' : 'attachment'
  return new Response(text, {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `${disposition}; filename="${fileName}"`,
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'Cache-Control': 'no-store',
    },
  })
}
