import { HydrationBoundary } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { Suspense } from 'react'
import { readRunList } from '#components/run/runs-params.ts'
import { RunsSkeleton } from '#components/run/runs-skeleton.tsx'
import { RunsView } from '#components/run/runs-view.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import type { RunList } from '#lib/client/run-queries.ts'
import { type PageSearch, readSearch } from '../search-params.ts'
import { loadRuns } from './load-runs.ts'

export const metadata: Metadata = { title: 'Runs' }

export default async function RunsPage({ searchParams }: { searchParams: PageSearch }) {
  const list = readRunList(await readSearch(searchParams))
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="font-[620] text-title tracking-[-0.015em]">Runs</h1>
          <p className="mt-1 text-muted">Every platform really run, newest first.</p>
        </div>
        <Link href="/validate" className={buttonClass()}>
          <Play aria-hidden="true" className="size-3.5 text-muted" />
          Validate an image
        </Link>
      </div>
      <Suspense fallback={<RunsSkeleton />}>
        <FirstRuns list={list} />
      </Suspense>
    </>
  )
}

async function FirstRuns({ list }: { list: RunList }) {
  const { state, problem } = await loadRuns(list)
  return (
    <HydrationBoundary state={state}>
      <RunsView initialProblem={problem} />
    </HydrationBoundary>
  )
}
