import Link from 'next/link'
import { Mark } from '#components/ui/mark.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { Section } from '#components/ui/section.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { HistoryStreakDto } from '#lib/api/history.ts'
import { reportPath } from '#lib/client/page-paths.ts'
import { OUTCOME_LOOKS, streakWords } from './cell-look.ts'

/** What each platform is now, and for how long. */
export function StreakList({ streaks }: { streaks: readonly HistoryStreakDto[] }) {
  if (streaks.length === 0) return null
  return (
    <Section title="Now">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(15.5rem,1fr))] gap-2.5">
        {streaks.map((streak) => (
          <li key={streak.platform} className="card min-w-0 px-3.5 py-2.5">
            <Streak streak={streak} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Streak({ streak }: { streak: HistoryStreakDto }) {
  const { platform, outcome, mode, newest, oldest } = streak
  const { tone, word } = OUTCOME_LOOKS[outcome]
  const { since, length } = streakWords(streak)
  return (
    <>
      <p className="flex flex-wrap items-center justify-between gap-x-3">
        <PlatformName platform={platform} className="font-semibold" />
        <Link
          href={reportPath(newest.id)}
          prefetch={false}
          className="inline-flex items-center gap-x-1.5 rounded-mark hover:underline"
        >
          <Mark tone={tone}>{word}</Mark>
          {mode !== undefined && outcome !== 'absent' && (
            <span className="text-micro text-muted">{mode}</span>
          )}
        </Link>
      </p>
      <p className="mt-0.5 text-muted text-note">
        <Link
          href={reportPath(oldest.id)}
          prefetch={false}
          className="wrap-anywhere underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {since}
        </Link>
        , {length}
        {oldest.finishedAt !== undefined && (
          <>
            {' '}
            · <TimeAgo at={oldest.finishedAt} className="whitespace-nowrap" />
          </>
        )}
      </p>
    </>
  )
}
