import Link from 'next/link'
import { lastRunWords } from '#components/run/last-run.ts'
import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { Mark } from '#components/ui/mark.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { reportPath } from '#lib/client/page-paths.ts'

/** The last verdict on an image, how it ran and when; leads to its report. */
export function LastRunLine({ lastRun, platforms }: Pick<ImageResponse, 'lastRun' | 'platforms'>) {
  if (!lastRun) return null
  const names = [...new Set(platforms.map(({ platform }) => platform))]
  const { text, how } = lastRunWords(lastRun, names)
  return (
    <p className="mt-1 flex flex-wrap items-baseline gap-x-2.5 text-muted">
      <Mark tone={VERDICT_LOOKS[lastRun.verdict].tone}>{text}</Mark>
      <span>
        {how !== undefined && `${how} · `}run <TimeAgo at={lastRun.finishedAt} /> ·{' '}
        <Link
          href={reportPath(lastRun.id)}
          prefetch={false}
          className="text-accent underline underline-offset-4"
        >
          Report
        </Link>
      </span>
    </p>
  )
}
