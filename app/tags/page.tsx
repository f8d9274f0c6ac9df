import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { createLoader } from 'nuqs/server'
import { Suspense } from 'react'
import { RepositorySkeleton } from '#components/tag/repository-skeleton.tsx'
import { RepositoryView } from '#components/tag/repository-view.tsx'
import { tagListParams } from '#components/tag/tag-list-params.ts'
import { UnreadableAddress } from '#components/tag/unreadable-address.tsx'
import type { TagList } from '#lib/client/tag-list.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { toProblem } from '#lib/errors/problem.ts'
import { formatRepository, parseRepository } from '#lib/oci/reference.ts'
import { loadFirstRows } from './load-first-rows.ts'

interface TagsPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

const loadParams = createLoader(tagListParams)

export async function generateMetadata({ searchParams }: TagsPageProps): Promise<Metadata> {
  const { repository } = await loadParams(searchParams)
  return { title: repository === '' ? 'Repository' : repository }
}

export default async function TagsPage({ searchParams }: TagsPageProps) {
  const params = await loadParams(searchParams)
  let repository: string
  try {
    repository = formatRepository(parseRepository(params.repository))
  } catch (error) {
    return <UnreadableAddress problem={toProblem(toAppError(error))} />
  }
  return (
    <Suspense key={repository} fallback={<RepositorySkeleton repository={repository} />}>
      <FirstRows list={{ ...params, repository }} />
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
