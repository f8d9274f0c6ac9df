'use client'

import { GitCompareArrows, Play, Share2 } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { comparisonPath } from '#lib/client/page-paths.ts'
import { reportCallPath } from '#lib/client/run-queries.ts'
import { DownloadMenu } from './download-menu.tsx'
import { PrintButton } from './print-button.tsx'
import { RerunForm } from './rerun-form.tsx'
import type { RerunnableReport } from './rerunnable.ts'
import { ShareForm } from './share-form.tsx'

interface ReportActionsProps {
  readonly report: RerunnableReport
  /** Names of the environment whose values a shared link masks. */
  readonly maskedNames: readonly string[]
  /** The run before, of the same repository; absent for the first. */
  readonly earlierId?: string | undefined
}

/** What its owner can do with a report. */
export function ReportActions({ report, maskedNames, earlierId }: ReportActionsProps) {
  const [open, setOpen] = useState<'share' | 'rerun'>()
  const close = () => setOpen(undefined)
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <DownloadMenu call={reportCallPath(report.id)} reportId={report.id} />
      <PrintButton />
      {earlierId !== undefined && (
        <Link
          href={comparisonPath({ from: earlierId, to: report.id })}
          prefetch={false}
          title="Compare with the previous run"
          className={buttonClass()}
        >
          <GitCompareArrows aria-hidden="true" className="size-3.5 text-muted" />
          Compare<span className="sr-only"> with the previous run</span>
        </Link>
      )}
      <Action
        onClick={() => setOpen('share')}
        icon={<Share2 aria-hidden="true" className="size-3.5 text-muted" />}
      >
        Share
      </Action>
      <Action
        onClick={() => setOpen('rerun')}
        icon={<Play aria-hidden="true" className="size-3.5" />}
        isPrimary
      >
        Run again
      </Action>
      <Dialog title="Share this report" isOpen={open === 'share'} onClose={close}>
        <ShareForm reportId={report.id} maskedNames={maskedNames} />
      </Dialog>
      <Dialog title="Run again" isOpen={open === 'rerun'} onClose={close}>
        <RerunForm report={report} />
      </Dialog>
    </div>
  )
}

interface ActionProps {
  readonly onClick: () => void
  readonly icon: ReactNode
  readonly isPrimary?: boolean
  readonly children: ReactNode
}

function Action({ onClick, icon, isPrimary = false, children }: ActionProps) {
  return (
    <Button
      variant={isPrimary ? 'primary' : 'secondary'}
      aria-haspopup="dialog"
      onClick={onClick}
      className="scripted"
    >
      {icon}
      {children}
    </Button>
  )
}
