import { GitCompareArrows } from 'lucide-react'
import Link from 'next/link'
import { BreakableName } from '#components/ui/breakable-name.tsx'
import { cn } from '#components/ui/cn.ts'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import { TONE_SOFT, TONE_TEXT, ToneIcon } from '#components/ui/tone-icon.tsx'
import { comparisonPath, runPath } from '#lib/client/page-paths.ts'
import { LaneClock } from './lane-clock.tsx'
import { LaneMarkView } from './lane-mark-view.tsx'
import type { PlatformVerdict, RunRow } from './runs-row-model.ts'

/** A run: how it came out, of what, where it ran, when. The whole line opens it. */
export function RunRowItem({ row }: { row: RunRow }) {
  const { id, reference, mark, platforms, time, createdAt, isComparable } = row
  return (
    <li className="relative grid grid-cols-[140px_minmax(0,1fr)_80px_110px_20px] items-baseline gap-x-4 gap-y-1.5 px-[18px] py-2.5 hover:bg-sunken/60 has-[[data-run-link]:focus-visible]:bg-accent-soft max-sm:grid-cols-[minmax(0,1fr)_auto_auto] max-sm:px-3.5">
      <span className="max-sm:col-start-1 max-sm:row-start-1">
        <LaneMarkView mark={mark} />
      </span>
      <div className="min-w-0 max-sm:col-span-3 max-sm:row-start-2">
        <Link
          href={runPath(id)}
          prefetch={false}
          data-run-link=""
          className="mono font-semibold outline-none after:absolute after:inset-0"
        >
          <BreakableName name={reference} />
        </Link>
        <ul aria-label="Platforms" className="mt-1 flex flex-wrap gap-1">
          {platforms.map((each) => (
            <PlatformChip key={each.platform} each={each} />
          ))}
        </ul>
      </div>
      <span className="text-right text-muted tabular-nums max-sm:hidden">
        <LaneClock time={time} />
      </span>
      <TimeAgo at={createdAt} className="text-right text-muted max-sm:col-start-2 max-sm:row-start-1" />
      {isComparable && (
        <Link
          href={comparisonPath({ to: id })}
          prefetch={false}
          aria-label={`Compare with the run before: ${reference}`}
          title="Compare with the run before"
          className="hit relative -m-1 self-start rounded-mark p-1 text-muted hover:bg-sunken hover:text-ink max-sm:col-start-3 max-sm:row-start-1"
        >
          <GitCompareArrows aria-hidden="true" className="size-3.5" />
        </Link>
      )}
    </li>
  )
}

function PlatformChip({ each: { platform, tone, word, isEmulated } }: { each: PlatformVerdict }) {
  return (
    <li
      title={`${platform}: ${word}${isEmulated ? ', emulated' : ''}`}
      className={cn(
        'inline-flex items-center gap-1 rounded-mark px-1.5 text-note',
        tone ? [TONE_SOFT[tone], TONE_TEXT[tone]] : 'bg-skip-soft text-muted',
      )}
    >
      {tone ? <ToneIcon tone={tone} className="size-3" /> : <span aria-hidden="true">…</span>}
      <PlatformName platform={platform} short className="text-[0.71875rem]!" />
      <span className="sr-only">{word}</span>
      {isEmulated && <span className="text-micro">emulated</span>}
    </li>
  )
}
