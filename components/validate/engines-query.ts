import { queryOptions } from '@tanstack/react-query'
import type { EnginesResponse } from '#lib/api/engines.ts'
import { fetchJson } from '#lib/client/fetch-json.ts'

/** What can run here. The first answer after a start takes as long as the probe of each engine. */
export const enginesOptions = queryOptions({
  queryKey: ['engines'] as const,
  queryFn: ({ signal }) => fetchJson<EnginesResponse>('/api/v1/engines', { signal }),
})
