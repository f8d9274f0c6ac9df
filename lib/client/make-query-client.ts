import { QueryClient } from '@tanstack/react-query'

/** An answer younger than this is shown without asking again. */
const STALE_MS = 30_000

/**
 * A client for one page load or one server request. Nothing is retried by itself: the server retries registries, and a
 * page shows a failure with a button at once.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: STALE_MS, retry: false, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  })
}
