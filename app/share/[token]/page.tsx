import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DownloadMenu } from '#components/report/download-menu.tsx'
import { PrintButton } from '#components/report/print-button.tsx'
import { reportTitle } from '#components/report/report-title.ts'
import { ReportView } from '#components/report/report-view.tsx'
import { sharedReportCallPath } from '#lib/client/share-queries.ts'
import { loadSharedReport } from './load-shared-report.ts'

interface SharePageProps {
  readonly params: Promise<{ readonly token: string }>
}

/** What a chat shows of the link: the verdict, before anybody opens it. */
export async function generateMetadata({ params }: SharePageProps): Promise<Metadata> {
  const report = await loadSharedReport((await params).token)
  if (report === undefined) return { title: 'Link not valid', robots: NOBODY }
  const title = reportTitle(report)
  const description = report.headline
  return {
    title,
    description,
    robots: NOBODY,
    openGraph: { type: 'article', siteName: 'Archway', title, description, publishedTime: report.finishedAt },
    twitter: { card: 'summary', title, description },
  }
}

const NOBODY: Metadata['robots'] = { index: false, follow: false, noarchive: true }

export default async function SharePage({ params }: SharePageProps) {
  const { token } = await params
  const report = await loadSharedReport(token)
  if (report === undefined) notFound()
  const api = sharedReportCallPath(token)
  return (
    <ReportView
      report={report}
      api={api}
      isShared
      actions={
        <div className="flex gap-2 print:hidden">
          <DownloadMenu call={api} reportId={report.id} isShared />
          <PrintButton />
        </div>
      }
    />
  )
}
