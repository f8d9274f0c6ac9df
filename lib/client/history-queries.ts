import { infiniteQueryOptions } from '@tanstack/react-query'
import type { HistoryResponse } from '#lib/api/history.ts'
import { fetchJson } from './fetch-json.ts'
import type { HistoryPlace } from './page-paths.ts'
import { queryString } from './query-string.ts'

/** Runs of the first page, and of each that is asked for. */
export const HISTORY_RUNS_A_PAGE = 40
/** Somebody may watch the page while runs end. */
const REFRESH_EVERY_MS = 20_000

/** The API call for a history. */
export function historyCallPath(
  place: HistoryPlace & { readonly limit?: number | undefined; readonly before?: string | undefined },
): string {
  return `/api/v1/history${queryString({ ...place })}`
}

/** A history as far as it was asked for, newest first. */
export function historyPagesOptions({ repository, tag, platform }: HistoryPlace) {
  const place = { repository, tag, platform }
  return infiniteQueryOptions({
    queryKey: ['history', place] as const,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      fetchJson<HistoryResponse>(
        historyCallPath({ ...place, limit: HISTORY_RUNS_A_PAGE, before: pageParam || undefined }),
        { signal },
      ),
    getNextPageParam: ({ nextBefore }) => nextBefore,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: REFRESH_EVERY_MS,
  })
}
