import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ReportActions } from '#components/report/report-actions.tsx'
import { reportTitle } from '#components/report/report-title.ts'
import { ReportView } from '#components/report/report-view.tsx'
import { rerunnable } from '#components/report/rerunnable.ts'
import { reportCallPath } from '#lib/client/run-queries.ts'
import { maskedNames } from '#lib/report/mask-env.ts'
import { loadEarlierRun } from '../compare/load-comparison.ts'
import { loadReport } from './load-report.ts'

interface ReportPageProps {
  readonly params: Promise<{ readonly id: string }>
}

export async function generateMetadata({ params }: ReportPageProps): Promise<Metadata> {
  const report = await loadReport((await params).id)
  return { title: report ? reportTitle(report) : 'Report not found' }
}

export default async function ReportPage({ params }: ReportPageProps) {
  const report = await loadReport((await params).id)
  if (report === undefined) notFound()
  return (
    <ReportView
      report={report}
      api={reportCallPath(report.id)}
      actions={
        <ReportActions
          report={rerunnable(report)}
          maskedNames={maskedNames(report.profile.env ?? {})}
          earlierId={await loadEarlierRun(report.id)}
        />
      }
    />
  )
}
