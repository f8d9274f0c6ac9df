'use client'

import { memo, type Ref } from 'react'
import { cn } from '#components/ui/cn.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { TagDto } from '#lib/api/tags.ts'
import { ArchTagList } from './arch-tag-list.tsx'
import { FoldedMark } from './folded-mark.tsx'
import { PlatformMark } from './platform-mark.tsx'
import { columnCount, ROW_GRID, type TableColumns } from './table-grid.ts'
import { TagFailure } from './tag-failure.tsx'
import { TagNameCell } from './tag-name-cell.tsx'
import { platformCell, totalSize } from './tag-rows-model.ts'
import { VerdictCell } from './verdict-cell.tsx'

/** Contained, so that rows coming and going lay out alone. */
const ROW = 'min-h-[60px] [contain:layout_style] items-center border-line border-b sm:min-h-[41px]'

interface TagTableRowProps {
  readonly repository: string
  /** Absent while its window is on its way. */
  readonly tag: TagDto | undefined
  readonly position: number
  readonly columns: TableColumns
  /** The one row whose controls are reached by Tab; arrow keys move it. */
  readonly isTabStop: boolean
  readonly isExpanded: boolean
  readonly onToggle: (tag: string) => void
  /** Empty space above, where rows are left out. */
  readonly gapPx: number
  readonly ref: Ref<HTMLTableRowElement>
}

/** A tag: its name, digest, platforms in the fixed order, size and age. */
export const TagTableRow = memo(function TagTableRow(props: TagTableRowProps) {
  const { repository, tag, position, columns, isTabStop, isExpanded, onToggle, gapPx, ref } = props
  const attributes = {
    ref,
    'aria-rowindex': position + 2,
    'data-index': position,
    style: gapPx > 0 ? { marginTop: gapPx } : undefined,
  }
  if (!tag) return <LoadingRow {...attributes} columns={columns} />
  const archTags = tag.archTags ?? []
  return (
    <tr
      {...attributes}
      className={cn(
        ROW_GRID,
        ROW,
        'group/row content-center',
        'hover:bg-[color-mix(in_srgb,var(--sunken)_55%,transparent)] has-[[data-row-link]:focus-visible]:bg-accent-soft',
      )}
    >
      <th scope="row" className="min-w-0 py-1.5 pr-2 text-left font-normal">
        <TagNameCell
          repository={repository}
          tag={tag}
          position={position}
          isTabStop={isTabStop}
          isExpanded={isExpanded}
          onToggle={() => onToggle(tag.name)}
        />
        <NarrowFacts tag={tag} />
        {tag.lastRun && (
          <VerdictCell
            repository={repository}
            tag={tag}
            isTabStop={isTabStop}
            className="text-note lg:hidden"
          />
        )}
      </th>
      {tag.state === 'failed' ? (
        <td colSpan={columnCount(columns) - 1} className="col-span-full min-w-0 pb-2 sm:col-[2/-1] sm:pb-0">
          <TagFailure repository={repository} tag={tag.name} problem={tag.error} isTabStop={isTabStop} />
        </td>
      ) : (
        <FactCells repository={repository} tag={tag} columns={columns} isTabStop={isTabStop} />
      )}
      {isExpanded && archTags.length > 0 && (
        <td colSpan={columnCount(columns)} className="col-span-full min-w-0">
          <ArchTagList repository={repository} tag={tag.name} archTags={archTags} />
        </td>
      )}
    </tr>
  )
})

interface FactCellsProps {
  readonly repository: string
  readonly tag: TagDto
  readonly columns: TableColumns
  readonly isTabStop: boolean
}

function FactCells({ repository, tag, columns, isTabStop }: FactCellsProps) {
  const { platforms, foldedWide, foldedNarrow } = columns
  return (
    <>
      <td className="hidden lg:block">
        {tag.digest ? (
          <DigestText digest={tag.digest} of={tag.name} tabStop={isTabStop} />
        ) : (
          <Skeleton className="h-3 w-20 align-middle" />
        )}
      </td>
      {platforms.map(({ platform, isWideOnly }) => (
        <td key={platform} className={cn('place-items-center', isWideOnly ? 'hidden lg:grid' : 'grid')}>
          <PlatformMark cell={platformCell(tag, platform)} platform={platform} />
        </td>
      ))}
      {foldedWide.length > 0 && (
        <td className="hidden text-center lg:block">
          <FoldedMark tag={tag} folded={foldedWide} />
        </td>
      )}
      {foldedNarrow.length > 0 && (
        <td className="text-center lg:hidden">
          <FoldedMark tag={tag} folded={foldedNarrow} />
        </td>
      )}
      <td className="hidden text-right tabular-nums sm:block">{totalSize(tag)}</td>
      <td className="hidden min-w-0 pl-5 lg:block">
        <VerdictCell repository={repository} tag={tag} isTabStop={isTabStop} />
      </td>
      <td className="hidden truncate text-right text-muted sm:block">
        {tag.created !== undefined && <TimeAgo at={tag.created} bare />}
      </td>
    </>
  )
}

/** Size and age where their columns have no room. */
function NarrowFacts({ tag }: { tag: TagDto }) {
  if (tag.sizeBytes === undefined && tag.created === undefined) return null
  return (
    <p className="truncate text-micro text-muted sm:hidden">
      {totalSize(tag)}
      {tag.sizeBytes !== undefined && tag.created !== undefined && ' · '}
      {tag.created !== undefined && <TimeAgo at={tag.created} bare />}
    </p>
  )
}

interface LoadingRowProps {
  readonly columns: TableColumns
  readonly ref: Ref<HTMLTableRowElement>
  readonly style: { readonly marginTop: number } | undefined
}

function LoadingRow({ columns, ...attributes }: LoadingRowProps) {
  return (
    <tr {...attributes} className={cn('flex px-3.5', ROW)}>
      <td colSpan={columnCount(columns)} className="flex w-full items-center justify-between">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-3 w-28" />
        <Skeleton className="h-3 w-1/2" />
      </td>
    </tr>
  )
}
