import { queryOptions } from '@tanstack/react-query'
import type { ImageResponse } from '#lib/api/image.ts'
import { fetchJson } from './fetch-json.ts'
import { queryString } from './query-string.ts'

/** Longer than the five minutes after which the server answers with what it has. */
const TIMEOUT_MS = 330_000

/** An image with the findings of every check, those that read the layers of all platforms included. */
export function layerChecksOptions(reference: string) {
  return queryOptions({
    queryKey: ['image', 'layer-checks', reference] as const,
    queryFn: ({ signal }) =>
      fetchJson<ImageResponse>(`/api/v1/images${queryString({ ref: reference, checks: 'layers' })}`, {
        signal,
        timeoutMs: TIMEOUT_MS,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}
