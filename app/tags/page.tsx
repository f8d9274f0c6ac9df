import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { RepositorySkeleton } from '#components/tag/repository-skeleton.tsx'
import { RepositoryView } from '#components/tag/repository-view.tsx'
import { readTagListParams } from '#components/tag/tag-list-params.ts'
import { UnreadableAddress } from '#components/tag/unreadable-address.tsx'
import type { TagList } from '#lib/client/tag-list.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { toProblem } from '#lib/errors/problem.ts'
import { formatRepository, parseRepository } from '#lib/oci/reference.ts'
import { type PageSearch, readSearch } from '../search-params.ts'
import { loadFirstRows } from './load-first-rows.ts'

interface TagsPageProps {
  readonly searchParams: PageSearch
}

export async function generateMetadata({ searchParams }: TagsPageProps): Promise<Metadata> {
  return { title: (await readSearch(searchParams)).get('repository') || 'Repository' }
}

export default async function TagsPage({ searchParams }: TagsPageProps) {
  const address = await readSearch(searchParams)
  let repository: string
  try {
    repository = formatRepository(parseRepository(address.get('repository') ?? ''))
  } catch (error) {
    return <UnreadableAddress problem={toProblem(toAppError(error))} />
  }
  return (
    <Suspense key={repository} fallback={<RepositorySkeleton repository={repository} />}>
      <FirstRows list={{ ...readTagListParams(address), repository }} />
    </Suspense>
  )
}

async function FirstRows({ list }: { list: TagList }) {
  const { state, problem } = await loadFirstRows(list)
  return (
    <HydrationBoundary state={state}>
      <RepositoryView repository={list.repository} initialProblem={problem} />
    </HydrationBoundary>
  )
}
