import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
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
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-[560] font-mono text-[1.25rem] leading-tight tracking-[-0.015em]">
          <span className="break-all">{repository}</span>{' '}
          <CopyButton text={repository} label="Copy the repository’s name" className="align-[-3px]" />
        </h1>
        {isKnown && (
          <p className="mt-1.5 flex flex-wrap gap-x-1.5 text-muted">
            {summary ? <Facts summary={summary} /> : <Skeleton className="my-1 h-3 w-72" />}
          </p>
        )}
      </div>
      {isKnown && <PinButton repository={repository} />}
    </div>
  )
}

function Facts({ summary }: { summary: TagsSummaryDto }) {
  const { total, resolved, failed, platformCounts, newest, listing } = summary
  if (total === 0) return listing === 'listing' ? 'Reading the tag list…' : 'No tags'
  const isWhole = resolved + failed >= total
  const count = platformCounts[TOLD_PLATFORM] ?? 0
  return (
    <>
      <span>
        {plural(total, 'tag')}
        {listing === 'listing' && ' so far'}
      </span>
      <span aria-hidden="true">·</span>
      <span>
        {formatCount(count)} with {TOLD_PLATFORM}
        {!isWhole && ' so far'}
      </span>
      {newest && (
        <>
          <span aria-hidden="true">·</span>
          <span>
            newest {newest.name}
            {newest.created !== undefined && (
              <>
                , <TimeAgo at={newest.created} />
              </>
            )}
          </span>
        </>
      )}
    </>
  )
}
