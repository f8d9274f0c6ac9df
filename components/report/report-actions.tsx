'use client'

import { Braces, Play, Share2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { reportCallPath } from '#lib/client/run-queries.ts'
import { PrintButton } from './print-button.tsx'
import { RerunForm } from './rerun-form.tsx'
import type { RerunnableReport } from './rerun-request.ts'
import { ShareForm } from './share-form.tsx'

/** What its owner can do with a report. */
export function ReportActions({ report }: { report: RerunnableReport }) {
  const [open, setOpen] = useState<'share' | 'rerun'>()
  const close = () => setOpen(undefined)
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <a
        href={`${reportCallPath(report.id)}.json`}
        download={`archway-report-${report.id}.json`}
        className={buttonClass()}
      >
        <Braces aria-hidden="true" className="size-3.5 text-muted" />
        JSON
      </a>
      <PrintButton />
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
        <ShareForm reportId={report.id} env={report.profile.env ?? {}} />
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
