import { infiniteQueryOptions } from '@tanstack/react-query'
import type { RunsResponse } from '#lib/api/runs.ts'
import { fetchJson } from '#lib/client/fetch-json.ts'
import { type RunList, runKeys, runsCallPath } from '#lib/client/run-queries.ts'
import { isActive } from './runs-row-model.ts'

/** Lines of the first page, and of each that is asked for. */
export const RUNS_A_PAGE = 50
/** While a run goes on the list is asked for this often; else now and then, for runs that others start. */
const ACTIVE_EVERY_MS = 2_000
const QUIET_EVERY_MS = 20_000

/** The runs of a list as far as they were asked for, newest first; kept up while somebody looks. */
export function runPagesOptions(list: RunList) {
  return infiniteQueryOptions({
    queryKey: [...runKeys.lists, 'pages', list] as const,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      fetchJson<RunsResponse>(
        runsCallPath({ ...list, limit: RUNS_A_PAGE, ...(pageParam ? { cursor: pageParam } : {}) }),
        {
          signal,
        },
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ runs }) => runs.some(isActive)) ? ACTIVE_EVERY_MS : QUIET_EVERY_MS,
  })
}
