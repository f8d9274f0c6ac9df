'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { rowForKey } from '#components/tag/row-keys.ts'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { runsCallPath } from '#lib/client/run-queries.ts'
import { NoMatchingRuns, NoRuns } from './no-runs.tsx'
import { runPagesOptions } from './run-pages.ts'
import { RunRowItem } from './run-row-item.tsx'
import { RunsFilterBar } from './runs-filter-bar.tsx'
import { readRunList } from './runs-params.ts'
import { runRow } from './runs-row-model.ts'
import { RunsSkeleton } from './runs-skeleton.tsx'

/** All runs, newest first; those that go on move. */
export function RunsView({ initialProblem }: { initialProblem?: ProblemDto | undefined }) {
  const [address, changeAddress] = useAddress()
  const list = readRunList(address)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    runPagesOptions(list),
  )
  const runs = data?.pages.flatMap((page) => page.runs)
  const problem = error ? problemOf(error) : data ? undefined : initialProblem
  const isFiltered = Object.keys(list).length > 0
  return (
    <>
      <RunsFilterBar address={address} onChange={changeAddress} />
      {problem && (
        <ProblemPanel
          problem={problem}
          tone={runs ? 'warn' : 'fail'}
          className="mb-3"
          retry={<Button onClick={() => void refetch()}>Try again</Button>}
        />
      )}
      {runs === undefined ? (
        !problem && <RunsSkeleton />
      ) : runs.length === 0 ? (
        isFiltered ? (
          <NoMatchingRuns
            onClear={() => changeAddress({ state: undefined, verdict: undefined, repository: undefined })}
          />
        ) : (
          <NoRuns />
        )
      ) : (
        <ul aria-label="Runs" onKeyDown={moveAmongRuns} className="card divide-y divide-line overflow-hidden">
          {runs.map((run) => (
            <RunRowItem key={run.id} row={runRow(run)} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <p className="mt-3 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? 'Loading…' : 'Show more'}
          </Button>
        </p>
      )}
      <Twin api={runsCallPath(list)} />
    </>
  )
}

/** Arrow keys, Home and End move between the links of the list. */
function moveAmongRuns(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-run-link]')]
  const at = links.indexOf(document.activeElement as HTMLElement)
  const target = at < 0 ? undefined : rowForKey(event.key, at, links.length, 8)
  if (target === undefined) return
  event.preventDefault()
  links[target]?.focus()
}
