import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Suspense } from 'react'
import { EnginesSkeleton } from '#components/engine/engines-skeleton.tsx'
import { EnginesView } from '#components/engine/engines-view.tsx'
import { enginesOptions } from '#lib/client/engine-queries.ts'
import { makeQueryClient } from '#lib/client/make-query-client.ts'
import { getContext } from '#lib/server/context.ts'
import { listEngines } from '#lib/service/list-engines.ts'

export const metadata: Metadata = { title: 'Engines' }

/** What takes longer comes when the page asks again. */
const WAIT_MS = 300

export default function EnginesPage() {
  return (
    <Suspense fallback={<EnginesSkeleton />}>
      <Engines />
    </Suspense>
  )
}

async function Engines() {
  await connection()
  const queryClient = makeQueryClient()
  await queryClient.prefetchQuery({
    ...enginesOptions,
    queryFn: async () => listEngines(await getContext(), { waitMs: WAIT_MS }),
  })
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <EnginesView />
    </HydrationBoundary>
  )
}
