'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Button } from '#components/ui/button.tsx'
import { plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Section } from '#components/ui/section.tsx'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
import type { TagList } from '#lib/client/tag-list.ts'
import { tagCountOptions } from '#lib/client/tag-queries.ts'
import { NoMatch } from './no-match.tsx'
import { tableColumns } from './table-grid.ts'
import { TagFilterBar } from './tag-filter-bar.tsx'
import { isFiltered, type TagListChange } from './tag-list-params.ts'
import { platformColumns } from './tag-rows-model.ts'
import { TagTable } from './tag-table.tsx'
import { TagTableSkeleton } from './tag-table-skeleton.tsx'
import { TOLD_PLATFORM } from './told-platform.ts'
import type { TagListHead } from './use-tag-list.ts'

/** The count of missing tags is asked for this often while tags are being resolved. */
const COUNT_EVERY_MS = 2_000

interface TagsSectionProps {
  /** As it stands in the address. */
  readonly list: TagList
  readonly head: TagListHead
  readonly summary: TagsSummaryDto
  readonly onChange: (change: TagListChange) => void
}

/** The tags: what narrows them, and the table. */
export function TagsSection({ list, head, summary, onChange }: TagsSectionProps) {
  const isWhole = summary.resolved + summary.failed >= summary.total
  const { data: missingCount } = useQuery({
    ...tagCountOptions({
      repository: list.repository,
      missing: TOLD_PLATFORM,
      sort: 'version',
      order: 'desc',
    }),
    enabled: summary.resolved > 0,
    refetchInterval: isWhole ? false : COUNT_EVERY_MS,
  })
  const seen = Object.keys(summary.platformCounts).join(' ')
  const { missing, platform } = head.list
  const columns = useMemo(
    () => tableColumns(platformColumns(seen.split(' '), [missing ?? '', platform ?? ''])),
    [seen, missing, platform],
  )
  return (
    <Section
      title="Tags"
      aside={
        isFiltered(head.list) && head.matching !== undefined ? (
          <span role="status" className="text-muted text-note">
            {plural(head.matching, 'tag')} {head.matching === 1 ? 'matches' : 'match'}
          </span>
        ) : undefined
      }
    >
      <TagFilterBar
        list={list}
        onChange={onChange}
        platformCounts={summary.platformCounts}
        missingCount={isToldAlone(head.list) ? head.matching : missingCount}
      />
      {head.problem ? (
        <ProblemPanel problem={head.problem} retry={<Button onClick={head.retry}>Try again</Button>} />
      ) : head.matching === undefined ? (
        <TagTableSkeleton />
      ) : head.matching > 0 ? (
        <TagTable list={head.list} count={head.matching} columns={columns} isFading={head.isSwitching} />
      ) : isFiltered(head.list) ? (
        <NoMatch
          list={head.list}
          summary={summary}
          onClear={() => onChange({ q: '', missing: '', platform: '' })}
        />
      ) : (
        <TagTableSkeleton />
      )}
    </Section>
  )
}

/** Whether the list is just the one that the chip counts. */
function isToldAlone({ q, missing, platform }: TagList): boolean {
  return missing === TOLD_PLATFORM && !q && !platform
}
