import Link from 'next/link'
import { BreakableName } from '#components/ui/breakable-name.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
import { historyPath } from '#lib/client/page-paths.ts'
import { PinButton } from './pin-button.tsx'
import { TOLD_PLATFORM } from './told-platform.ts'

interface RepositoryHeaderProps {
  readonly repository: string
  /** Absent while nothing is known. */
  readonly summary?: TagsSummaryDto | undefined
  /** False for a repository that could not be read: there are no facts to wait for, and nothing to pin. */
  readonly isKnown?: boolean
}

/** The name of a repository and the facts that come first. */
export function RepositoryHeader({ repository, summary, isKnown = true }: RepositoryHeaderProps) {
  return (
    <div className="flex items-start justify-between gap-x-4">
      <div className="min-w-0">
        <h1 className="font-[560] font-mono text-[1.25rem] leading-tight tracking-[-0.015em] max-sm:text-[1.125rem]">
          <BreakableName name={repository} />
          <CopyButton text={repository} label="Copy the repository’s name" className="ml-1 align-[-4px]" />
        </h1>
        {isKnown && (
          <p className="mt-1.5 text-muted">
            {summary ? <Facts summary={summary} /> : <Skeleton className="h-3 w-72 max-w-full" />}
          </p>
        )}
      </div>
      {isKnown && (
        <div className="flex gap-2">
          <Link href={historyPath({ repository })} prefetch={false} className={buttonClass()}>
            History
          </Link>
          <PinButton repository={repository} />
        </div>
      )}
    </div>
  )
}

function Facts({ summary }: { summary: TagsSummaryDto }) {
  const { total, resolved, failed, platformCounts, newest, listing } = summary
  if (total === 0) return listing === 'listing' ? 'Reading the tag list…' : 'No tags'
  const listed = listing === 'listing' ? ' so far' : ''
  const counted = resolved + failed < total ? ' so far' : ''
  return (
    <>
      {plural(total, 'tag')}
      {listed} · {formatCount(platformCounts[TOLD_PLATFORM] ?? 0)} with {TOLD_PLATFORM}
      {counted}
      {newest && (
        <>
          {' '}
          · newest{'\u00a0'}
          {newest.name}
        </>
      )}
      {newest?.created !== undefined && (
        <>
          , <TimeAgo at={newest.created} />
        </>
      )}
    </>
  )
}
