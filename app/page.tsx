import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { connection } from 'next/server'
import { Suspense } from 'react'
import { Hero } from '#components/home/hero.tsx'
import { RepositoryLists } from '#components/home/repository-lists.tsx'
import { RepositoryListsSkeleton } from '#components/home/repository-lists-skeleton.tsx'
import { SampleCard } from '#components/home/sample-card.tsx'
import { Section } from '#components/ui/section.tsx'
import { Twin } from '#components/ui/twin.tsx'
import { makeQueryClient } from '#lib/client/make-query-client.ts'
import { repositoriesOptions } from '#lib/client/repository-queries.ts'
import { getContext } from '#lib/server/context.ts'
import { listRepositories } from '#lib/service/list-repositories.ts'

export default function HomePage() {
  return (
    <div className="mx-auto max-w-[920px]">
      <Hero />
      <div className="mt-11 grid gap-x-8 gap-y-8 md:grid-cols-[minmax(0,1fr)_300px]">
        <div>
          <Suspense fallback={<RepositoryListsSkeleton />}>
            <Repositories />
          </Suspense>
        </div>
        <Section title="Nothing at hand?" flush>
          <SampleCard />
        </Section>
      </div>
      <Twin api="/api/v1/repositories" />
    </div>
  )
}

async function Repositories() {
  await connection()
  const queryClient = makeQueryClient()
  await queryClient.prefetchQuery({
    ...repositoriesOptions,
    queryFn: async () => listRepositories(await getContext()),
  })
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RepositoryLists />
    </HydrationBoundary>
  )
}
