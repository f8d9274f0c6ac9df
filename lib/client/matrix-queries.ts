import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { isAskedAgain } from './asked-again.ts'
import { fetchReading } from './fetch-reading.ts'
import { queryString } from './query-string.ts'

/** Which matrix is asked for. */
export interface MatrixOf {
  readonly ref: string
  /** All there are, when none is named. */
  readonly platform: readonly string[]
  readonly show: 'differs' | 'all'
}

/** The API call for a matrix. */
export function matrixCallPath({ ref, platform, show }: MatrixOf): string {
  return `/api/v1/matrix${queryString({ ref, platform, show: show === 'all' ? show : undefined })}`
}

/** A matrix with the layers looked into. `onProgress` hears how far they are. */
export function matrixOptions(of: MatrixOf, onProgress?: (progress: ReadingProgress) => void) {
  return queryOptions({
    queryKey: ['matrix', of] as const,
    queryFn: ({ signal, client, queryKey }) =>
      fetchReading<MatrixResponse>(matrixCallPath(of), {
        signal,
        onProgress,
        isAgain: isAskedAgain(client, queryKey),
      }),
    // What is shown stays until another choice is answered.
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  })
}
