'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { TagList } from '#lib/client/tag-list.ts'
import { tagSummaryOptions } from '#lib/client/tag-queries.ts'
import { CoverageSection } from './coverage-section.tsx'
import { EmptyRepository } from './empty-repository.tsx'
import { FallbackTags } from './fallback-tags.tsx'
import { RepositoryHeader } from './repository-header.tsx'
import { RepositorySkeleton } from './repository-skeleton.tsx'
import { ResolveProgress } from './resolve-progress.tsx'
import { readTagListParams, toAddress } from './tag-list-params.ts'
import { TagsSection } from './tags-section.tsx'
import { twinOfList } from './twin-of-list.ts'
import { useDebounced } from './use-debounced.ts'
import { useKeepFresh } from './use-keep-fresh.ts'
import { useTagFollow } from './use-tag-follow.ts'
import { useTagListHead } from './use-tag-list.ts'

const TYPING_MS = 200

interface RepositoryViewProps {
  /** Canonical. */
  readonly repository: string
  /** What the server met when it asked for the first rows. */
  readonly initialProblem?: ProblemDto | undefined
}

/** The live page of a repository: facts, coverage over releases, and all its tags. */
export function RepositoryView({ repository, initialProblem }: RepositoryViewProps) {
  const [address, changeAddress] = useAddress()
  const { q, missing, platform, sort, order } = readTagListParams(address)
  const settledQ = useDebounced(q, TYPING_MS)
  const requested = useMemo(
    (): TagList => ({ repository, q: settledQ, missing, platform, sort, order }),
    [repository, settledQ, missing, platform, sort, order],
  )
  const head = useTagListHead(requested, initialProblem)
  const { data: summary } = useQuery(tagSummaryOptions(repository))
  const follow = useTagFollow(repository, summary !== undefined)
  useKeepFresh(head.list, summary)

  if (!summary) {
    if (!head.problem) return <RepositorySkeleton repository={repository} />
    return (
      <>
        <RepositoryHeader repository={repository} isKnown={false} />
        <ProblemPanel
          className="mt-6"
          problem={head.problem}
          retry={<Button onClick={head.retry}>Try again</Button>}
        />
        <Twin {...twinOfList(requested)} />
      </>
    )
  }
  const isEmpty = summary.total === 0 && summary.fallbackTags.count === 0 && summary.listing !== 'listing'
  return (
    <>
      <RepositoryHeader repository={repository} summary={summary} />
      <ResolveProgress summary={summary} follow={follow} />
      <CoverageSection repository={repository} summary={summary} />
      {isEmpty ? (
        <EmptyRepository repository={repository} />
      ) : (
        <TagsSection
          list={{ ...requested, q }}
          head={head}
          summary={summary}
          onChange={(change) => changeAddress(toAddress(change))}
        />
      )}
      <FallbackTags repository={repository} {...summary.fallbackTags} />
      <Twin {...twinOfList(requested)} />
    </>
  )
}
