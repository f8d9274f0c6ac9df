import 'server-only'
import type { ReportDocument } from '#lib/service/report/get-report-document.ts'

/** A document of a report: the page is shown, in a sandbox (next.config.mjs); everything else is a file to keep. */
export function documentResponse({ text, mediaType, fileName }: ReportDocument): Response {
  const disposition = mediaType.startsWith('text/html') ? 'inline' : 'attachment'
  return new Response(text, {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `${disposition}; filename="${fileName}"`,
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'Cache-Control': 'no-store',
    },
  })
}
