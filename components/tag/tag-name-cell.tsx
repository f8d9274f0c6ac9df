'use client'

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { Chip } from '#components/ui/chip.tsx'
import { cn } from '#components/ui/cn.ts'
import { plural } from '#components/ui/plural.ts'
import { ToneIcon } from '#components/ui/tone-icon.tsx'
import type { TagDto } from '#lib/api/tags.ts'
import { tagPath } from '#lib/client/page-paths.ts'
import { archTagCounts } from './tag-rows-model.ts'

/** Aliases shown beside a tag; the rest is counted. */
const ALIASES = 2

interface TagNameCellProps {
  readonly repository: string
  readonly tag: TagDto
  readonly position: number
  readonly isTabStop: boolean
  readonly isExpanded: boolean
  readonly onToggle: () => void
}

/** A tag's link, its other names, and the button that shows the `TAG-ARCH` tags below it. */
export function TagNameCell({
  repository,
  tag,
  position,
  isTabStop,
  isExpanded,
  onToggle,
}: TagNameCellProps) {
  const aliases = tag.aliases ?? []
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-1.5 gap-y-0.5 sm:flex-nowrap">
      <Link
        href={tagPath(repository, tag.name)}
        prefetch={false}
        data-row-link={position}
        tabIndex={isTabStop ? 0 : -1}
        title={tag.name}
        className="min-w-0 truncate rounded-mark font-[580] hover:underline max-sm:max-w-full"
      >
        {tag.name}
      </Link>
      {tag.kind === 'artifact' && <Chip size="small">artifact</Chip>}
      {aliases.length > 0 && (
        <span className="flex min-w-0 items-center gap-1" title={`Same digest: ${aliases.join(', ')}`}>
          <span className="sr-only">same digest as</span>
          {aliases.slice(0, ALIASES).map((alias, at) => (
            <Chip
              key={alias}
              size="small"
              className={cn('max-w-24 justify-center', at > 0 && 'max-xl:hidden')}
            >
              <span className="truncate">{alias}</span>
            </Chip>
          ))}
          <MoreAliases count={aliases.length} />
        </span>
      )}
      {tag.archTags && (
        <ArchToggle tag={tag} isTabStop={isTabStop} isExpanded={isExpanded} onToggle={onToggle} />
      )}
    </div>
  )
}

/** Counts what is not shown; on a narrower screen one alias fewer is. */
function MoreAliases({ count }: { count: number }) {
  return (
    <>
      {count > ALIASES && <span className="text-micro text-muted max-xl:hidden">+{count - ALIASES}</span>}
      {count > 1 && <span className="text-micro text-muted xl:hidden">+{count - 1}</span>}
    </>
  )
}

function ArchToggle({
  tag,
  isTabStop,
  isExpanded,
  onToggle,
}: Pick<TagNameCellProps, 'tag' | 'isTabStop' | 'isExpanded' | 'onToggle'>) {
  const { total, moved } = archTagCounts(tag)
  return (
    <button
      type="button"
      aria-expanded={isExpanded}
      aria-label={`${moved > 0 ? `${moved} moved of ` : ''}${total} arch ${total === 1 ? 'tag' : 'tags'} joined into ${tag.name}`}
      title={
        moved > 0
          ? `${plural(moved, 'TAG-ARCH tag')} the index no longer points at`
          : 'The TAG-ARCH tags joined into it'
      }
      tabIndex={isTabStop ? 0 : -1}
      onClick={onToggle}
      className={cn(
        'inline-flex h-5 shrink-0 max-sm:-ml-1 items-center gap-0.5 rounded-mark pr-1.5 pl-0.5 text-micro transition-colors',
        moved > 0 ? 'bg-warn-soft text-warn' : 'text-muted hover:bg-sunken hover:text-ink',
      )}
    >
      <ChevronRight
        aria-hidden="true"
        className={cn('size-3.5 transition-transform', isExpanded && 'rotate-90')}
      />
      {moved > 0 ? (
        <>
          <ToneIcon tone="warn" className="size-3" />
          {moved} moved
        </>
      ) : (
        `${total} arch`
      )}
    </button>
  )
}
