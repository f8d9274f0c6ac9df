import { HydrationBoundary } from '@tanstack/react-query'
import { List } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { Suspense } from 'react'
import { readHistoryPlace } from '#components/history/history-place.ts'
import { HistorySkeleton } from '#components/history/history-skeleton.tsx'
import { HistoryView } from '#components/history/history-view.tsx'
import { UnreadableAddress } from '#components/tag/unreadable-address.tsx'
import { BreakableName } from '#components/ui/breakable-name.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { type HistoryPlace, repositoryPath } from '#lib/client/page-paths.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { toProblem } from '#lib/errors/problem.ts'
import { formatRepository, parseRepository } from '#lib/oci/reference.ts'
import { type PageSearch, readSearch } from '../search-params.ts'
import { loadHistory } from './load-history.ts'

interface HistoryPageProps {
  readonly searchParams: PageSearch
}

export async function generateMetadata({ searchParams }: HistoryPageProps): Promise<Metadata> {
  const repository = (await readSearch(searchParams)).get('repository')
  return { title: repository ? `History of ${repository.slice(0, 200)}` : 'History' }
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const address = await readSearch(searchParams)
  let repository: string
  try {
    repository = formatRepository(parseRepository(address.get('repository') ?? ''))
  } catch (error) {
    return <UnreadableAddress problem={toProblem(toAppError(error))} />
  }
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="font-[620] text-title tracking-[-0.015em]">
            History of{' '}
            <span className="font-[560] font-mono text-[1.25rem] max-sm:text-[1.125rem]">
              <BreakableName name={repository} />
            </span>
          </h1>
          <p className="mt-1 text-muted">
            What finished runs found on each platform, and where that changed.
          </p>
        </div>
        <Link href={repositoryPath(repository)} className={buttonClass()}>
          <List aria-hidden="true" className="size-3.5 text-muted" />
          All tags
        </Link>
      </div>
      <Suspense fallback={<HistorySkeleton />}>
        <FirstPage place={readHistoryPlace(repository, address)} />
      </Suspense>
    </>
  )
}

async function FirstPage({ place }: { place: HistoryPlace }) {
  const { state, problem } = await loadHistory(place)
  return (
    <HydrationBoundary state={state}>
      <HistoryView repository={place.repository} initialProblem={problem} />
    </HydrationBoundary>
  )
}
