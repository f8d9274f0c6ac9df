import Link from 'next/link'
import type { ReactNode } from 'react'
import { BadgeDialog } from '#components/badge/badge-dialog.tsx'
import { badgeReference } from '#components/badge/badge-reference.ts'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { ReferenceTitle } from '#components/image/reference-title.tsx'
import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { cn } from '#components/ui/cn.ts'
import { TONE_SOFT, TONE_TEXT, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { historyPath } from '#lib/client/page-paths.ts'
import { formatRepository, parseReference } from '#lib/oci/reference.ts'

const LINK = 'text-accent underline underline-offset-4'

interface ReportVerdictProps {
  readonly report: ReportDto
  readonly actions: ReactNode
  readonly isShared: boolean
}

/** What came of it, before anything else: the verdict's word, and one sentence that needs no other. */
export function ReportVerdict({ report, actions, isShared }: ReportVerdictProps) {
  const { verdict, reference, headline } = report
  const { tone, word } = verdict ? VERDICT_LOOKS[verdict] : ({ tone: 'skip', word: 'Cancelled' } as const)
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 flex-1 basis-[30rem] max-sm:basis-full">
        <div className="text-muted text-note">
          Validation of{' '}
          <span className="mono">
            <ReferenceTitle reference={reference} />
          </span>
          {!isShared && (
            <span className="print:hidden">
              {' '}
              ·{' '}
              <Link
                href={historyPath({ repository: formatRepository(parseReference(reference).repository) })}
                prefetch={false}
                className={LINK}
              >
                History
              </Link>
              <span className="scripted">
                {' '}
                ·{' '}
                <BadgeDialog
                  reference={badgeReference(reference)}
                  platforms={report.jobs.map(({ platform }) => platform)}
                  className={LINK}
                />
              </span>
            </span>
          )}
        </div>
        <h1 className="mt-2.5 flex gap-3.5">
          <span
            className={cn(
              'mt-0.5 grid size-9 shrink-0 place-items-center rounded-full max-sm:size-8',
              TONE_SOFT[tone],
              TONE_TEXT[tone],
            )}
          >
            <ToneIcon tone={tone} className="size-5" />
          </span>
          <span className="min-w-0">
            <span className={cn('block font-[650] text-display tracking-[-0.02em]', TONE_TEXT[tone])}>
              {word}
            </span>
            <span className="mt-1.5 block max-w-[62ch] font-[480] text-lead text-ink leading-[1.5]">
              <ForeignText text={headline} maxLength={1_000} className="break-words" />
            </span>
          </span>
        </h1>
      </div>
      {actions}
    </div>
  )
}
