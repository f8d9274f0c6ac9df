import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { DiffResponse } from '#lib/api/diff.ts'
import type { FileDiffResponse } from '#lib/api/diff-file.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { isAskedAgain } from './asked-again.ts'
import { fetchJson } from './fetch-json.ts'
import { fetchReading } from './fetch-reading.ts'
import { queryString } from './query-string.ts'

/** Two sides of a comparison. Without `to` both are of `from`; without platforms whole references are compared. */
export interface DiffSides {
  readonly from: string
  readonly to?: string | undefined
  readonly fromPlatform?: string | undefined
  readonly toPlatform?: string | undefined
}

/** Which part of a comparison is asked for, beside its sides. */
export interface DiffPart {
  /** Reasons whose expected differences are shown. */
  readonly unfold?: readonly string[]
  readonly depth?: 'registry'
  readonly limit?: number
  readonly cursor?: string
}

/** Files of one answer: what most comparisons have in all. */
const FILES_A_PAGE = 5_000

/** The API call for a comparison. */
export function diffCallPath(sides: DiffSides, part: DiffPart = {}): string {
  return `/api/v1/diff${queryString({ ...sidesQuery(sides), ...part })}`
}

/** The API call for one path of a comparison. */
export function fileDiffCallPath(sides: DiffSides, path: string, context?: number): string {
  return `/api/v1/diff/file${queryString({ ...sidesQuery(sides), path, context })}`
}

function sidesQuery({ from, to, fromPlatform, toPlatform }: DiffSides) {
  return { from, to: to === from ? undefined : to, fromPlatform, toPlatform }
}

/**
 * A comparison with the layers looked into. The first page has everything; later ones bring more files. `onProgress`
 * hears how far the layers are.
 */
export function diffOptions(
  sides: DiffSides,
  unfold: readonly string[],
  onProgress?: (progress: ReadingProgress) => void,
) {
  return infiniteQueryOptions({
    queryKey: ['diff', sides, unfold] as const,
    queryFn: ({ pageParam, signal, client, queryKey }) =>
      fetchReading<DiffResponse>(
        diffCallPath(sides, {
          unfold,
          limit: FILES_A_PAGE,
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        }),
        { signal, onProgress, isAgain: pageParam === '' && isAskedAgain(client, queryKey) },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // What is shown stays until another choice of what is folded is answered.
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  })
}

/** What two images differ in by configs and lists of layers: costs no layer. */
export function pairSummaryOptions(sides: DiffSides) {
  return queryOptions({
    queryKey: ['diff-pair', sides] as const,
    queryFn: ({ signal }) => fetchJson<DiffResponse>(diffCallPath(sides, { depth: 'registry' }), { signal }),
    staleTime: 5 * 60_000,
    retry: false,
  })
}

/** One path on both sides, texts line by line; `context` is how many equal lines stand around each difference. */
export function fileDiffOptions(sides: DiffSides, path: string, context?: number) {
  return queryOptions({
    queryKey: ['diff-file', sides, path, context] as const,
    queryFn: ({ signal }) =>
      fetchReading<FileDiffResponse>(fileDiffCallPath(sides, path, context), { signal }),
    staleTime: 5 * 60_000,
    retry: false,
  })
}
