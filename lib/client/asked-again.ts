import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Nothing asks again by itself, so where there was an answer it is a person who does: layers that failed get another chance. */
export function isAskedAgain(client: QueryClient, key: QueryKey): boolean {
  const state = client.getQueryState(key)
  return state !== undefined && (state.data !== undefined || state.errorUpdateCount > 0)
}
