import 'server-only'
import { type DehydratedState, dehydrate } from '@tanstack/react-query'
import { RUNS_A_PAGE, runPagesOptions } from '#components/run/run-pages.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import { makeQueryClient } from '#lib/client/make-query-client.ts'
import type { RunList } from '#lib/client/run-queries.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { listRuns } from '#lib/service/run/list-runs.ts'

/** The first page of runs as the browser's cache will hold it. A failure is a problem to show, never thrown. */
export async function loadRuns(list: RunList): Promise<{ state: DehydratedState; problem?: ProblemDto }> {
  const queryClient = makeQueryClient()
  try {
    const page = await listRuns(await getContext(), { ...list, limit: RUNS_A_PAGE })
    queryClient.setQueryData(runPagesOptions(list).queryKey, { pages: [page], pageParams: [''] })
    return { state: dehydrate(queryClient) }
  } catch (error) {
    return { state: dehydrate(queryClient), problem: tellProblem(error, '/runs') }
  }
}
