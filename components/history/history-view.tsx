'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Section } from '#components/ui/section.tsx'
import { shellQuote } from '#components/ui/shell-quote.ts'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import { historyCallPath, historyPagesOptions } from '#lib/client/history-queries.ts'
import type { HistoryPlace } from '#lib/client/page-paths.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { HistoryFilterBar } from './history-filter-bar.tsx'
import { HistoryMatrix } from './history-matrix.tsx'
import { readHistoryPlace } from './history-place.ts'
import { HistorySkeleton } from './history-skeleton.tsx'
import { NoHistory, NoMatchingHistory } from './no-history.tsx'
import { StreakList } from './streak-list.tsx'

interface HistoryViewProps {
  /** Canonical. */
  readonly repository: string
  readonly initialProblem?: ProblemDto | undefined
}

/** A repository over time: what each platform is now, and run by run what it was. */
export function HistoryView({ repository, initialProblem }: HistoryViewProps) {
  const [address, change] = useAddress()
  const place = readHistoryPlace(repository, address)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyPagesOptions(place),
  )
  const [first] = data?.pages ?? []
  const problem = error ? problemOf(error) : data ? undefined : initialProblem
  const isFiltered = place.tag !== undefined || place.platform !== undefined
  const clear = () => change({ tag: undefined, platform: undefined })
  return (
    <>
      {problem && (
        <ProblemPanel
          problem={problem}
          tone={first ? 'warn' : 'fail'}
          className="mt-5"
          retry={
            isFiltered && !first ? (
              <Button onClick={clear}>Show every run</Button>
            ) : (
              <Button onClick={() => void refetch()}>Try again</Button>
            )
          }
        />
      )}
      {first === undefined ? (
        !problem && <HistorySkeleton />
      ) : first.runs.length === 0 && !isFiltered ? (
        <NoHistory repository={repository} />
      ) : (
        <>
          <StreakList streaks={first.streaks} />
          <Section title="Runs, newest first">
            <HistoryFilterBar
              place={place}
              tags={first.tags}
              platforms={first.knownPlatforms}
              onChange={change}
            />
            {first.runs.length === 0 ? (
              <NoMatchingHistory onClear={clear} />
            ) : (
              <HistoryMatrix
                platforms={[...new Set(data?.pages.flatMap(({ platforms }) => platforms))]}
                runs={data?.pages.flatMap(({ runs }) => runs) ?? []}
              />
            )}
            {first.omittedPlatforms > 0 && (
              <p className="mt-2 text-muted text-note">
                {first.omittedPlatforms} more platforms are not shown: choose one by its name in the address.
              </p>
            )}
          </Section>
        </>
      )}
      {hasNextPage && (
        <p className="mt-3 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? 'Loading…' : 'Show older runs'}
          </Button>
        </p>
      )}
      <Twin cli={historyCommand(place)} api={historyCallPath(place)} />
    </>
  )
}

function historyCommand({ repository, tag, platform }: HistoryPlace): string {
  return [
    `archway history ${shellQuote(repository)}`,
    ...(tag === undefined ? [] : [`--tag ${shellQuote(tag)}`]),
    ...(platform === undefined ? [] : [`--platform ${shellQuote(platform)}`]),
  ].join(' ')
}
