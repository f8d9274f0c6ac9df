import 'server-only'
import { type DehydratedState, dehydrate } from '@tanstack/react-query'
import type { ProblemDto } from '#lib/api/parts.ts'
import { HISTORY_RUNS_A_PAGE, historyPagesOptions } from '#lib/client/history-queries.ts'
import { makeQueryClient } from '#lib/client/make-query-client.ts'
import type { HistoryPlace } from '#lib/client/page-paths.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { listHistory } from '#lib/service/report/list-history.ts'

/** The first page of a history as the browser's cache will hold it. A failure is a problem to show, never thrown. */
export async function loadHistory(
  place: HistoryPlace,
): Promise<{ state: DehydratedState; problem?: ProblemDto }> {
  const queryClient = makeQueryClient()
  try {
    const page = await listHistory(await getContext(), { ...place, limit: HISTORY_RUNS_A_PAGE })
    queryClient.setQueryData(historyPagesOptions(place).queryKey, { pages: [page], pageParams: [''] })
    return { state: dehydrate(queryClient) }
  } catch (error) {
    return { state: dehydrate(queryClient), problem: tellProblem(error, '/history') }
  }
}
