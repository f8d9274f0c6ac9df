import Link from 'next/link'
import { lastRunWords } from '#components/run/last-run.ts'
import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { TagDto } from '#lib/api/tags.ts'
import { reportPath, validatePath } from '#lib/client/page-paths.ts'

interface VerdictCellProps {
  readonly repository: string
  readonly tag: TagDto
  readonly isTabStop: boolean
  readonly className?: string
}

/** The last verdict on what a tag points at, how it ran and when; a way to get one where there is none. */
export function VerdictCell({ repository, tag, isTabStop, className }: VerdictCellProps) {
  const { lastRun, name, state, kind, platforms } = tag
  const tabIndex = isTabStop ? 0 : -1
  if (lastRun) {
    const { text, how } = lastRunWords(lastRun, platforms)
    return (
      <Link
        href={reportPath(lastRun.id)}
        prefetch={false}
        tabIndex={tabIndex}
        className={cn('block min-w-0 rounded-mark leading-tight hover:underline', className)}
      >
        <Mark
          tone={VERDICT_LOOKS[lastRun.verdict].tone}
          className="max-w-full max-lg:whitespace-normal lg:[&>span]:truncate"
        >
          <span title={text}>{text}</span>
        </Mark>
        <span className="block text-micro text-muted lg:truncate">
          {how !== undefined && `${how} · `}
          <TimeAgo at={lastRun.finishedAt} />
        </span>
      </Link>
    )
  }
  if (state !== 'resolved' || kind === 'artifact') return null
  return (
    <span className={cn('relative text-muted', className)}>
      <span aria-hidden="true" className="group-focus-within/row:invisible group-hover/row:invisible">
        –
      </span>
      <span className="sr-only">not validated</span>
      <Link
        href={validatePath(`${repository}:${name}`)}
        prefetch={false}
        tabIndex={tabIndex}
        aria-label={`Validate ${name}`}
        className="absolute left-0 rounded-mark text-accent opacity-0 hover:underline focus-visible:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100"
      >
        Validate
      </Link>
    </span>
  )
}
