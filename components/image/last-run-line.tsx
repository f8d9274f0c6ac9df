import Link from 'next/link'
import { BadgeDialog } from '#components/badge/badge-dialog.tsx'
import { lastRunWords } from '#components/run/last-run.ts'
import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { Mark } from '#components/ui/mark.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { historyPath, reportPath } from '#lib/client/page-paths.ts'

type LastRunLineProps = Pick<ImageResponse, 'reference' | 'repository' | 'lastRun' | 'platforms'>

const LINK = 'text-accent underline underline-offset-4'

/** The last verdict on an image, how it ran and when; leads to its report, to those before it, to its badge. */
export function LastRunLine({ reference, repository, lastRun, platforms }: LastRunLineProps) {
  const names = [...new Set(platforms.map(({ platform }) => platform))]
  if (names.length === 0) return null
  const words = lastRun && lastRunWords(lastRun, names)
  return (
    <div className="mt-1 flex flex-wrap items-baseline gap-x-2.5 text-muted">
      <Mark tone={lastRun ? VERDICT_LOOKS[lastRun.verdict].tone : 'skip'}>
        {words?.text ?? 'Not validated'}
      </Mark>
      <div>
        {lastRun && (
          <>
            {words?.how !== undefined && `${words.how} · `}run <TimeAgo at={lastRun.finishedAt} /> ·{' '}
            <Link href={reportPath(lastRun.id)} prefetch={false} className={LINK}>
              Report
            </Link>{' '}
            ·{' '}
          </>
        )}
        <Link href={historyPath({ repository })} prefetch={false} className={LINK}>
          History
        </Link>
        <span className="scripted">
          {' '}
          · <BadgeDialog reference={reference} platforms={names} className={LINK} />
        </span>
      </div>
    </div>
  )
}
