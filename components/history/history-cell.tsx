import Link from 'next/link'
import { jobAnchor } from '#components/report/job-anchor.ts'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import type { HistoryCellDto, HistoryRunDto } from '#lib/api/history.ts'
import { comparisonPath, reportPath } from '#lib/client/page-paths.ts'
import { historyRunName, OUTCOME_LOOKS } from './cell-look.ts'

interface HistoryCellProps {
  readonly run: HistoryRunDto
  readonly cell: HistoryCellDto
}

/** What a run says of a platform, how it ran, and whether that is another thing than before. Leads to the report there. */
export function HistoryCell({ run, cell: { platform, outcome, mode, change } }: HistoryCellProps) {
  const { tone, word, since } = OUTCOME_LOOKS[outcome]
  if (outcome === 'left-out') return <span className="text-muted text-note">left out</span>
  return (
    <>
      <Link
        href={`${reportPath(run.id)}${outcome === 'absent' ? '' : `#${jobAnchor(platform)}`}`}
        prefetch={false}
        className={cn(
          'inline-flex flex-wrap items-center gap-x-1.5 rounded-mark hover:underline',
          outcome === 'absent' && 'hole -mx-1.5 px-1.5',
        )}
      >
        <Mark tone={tone}>{word}</Mark>
        {mode !== undefined && <span className="text-micro text-muted">{mode}</span>}
      </Link>
      {change && (
        <span className="mt-0.5 flex flex-wrap items-baseline gap-x-1.5 text-note leading-snug">
          <span className="text-muted">
            since {historyRunName(run)}: {since}
          </span>
          <Link
            href={comparisonPath({ from: change.from, to: run.id })}
            prefetch={false}
            aria-label={`Compare with the report before, ${platform}`}
            className="text-accent underline underline-offset-4"
          >
            Compare
          </Link>
        </span>
      )}
    </>
  )
}
