import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import type { DiffResponse } from '#lib/api/diff.ts'
import { fetchJson } from './fetch-json.ts'
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
/** Layers of gigabytes are downloaded before there is an answer. */
const TIMEOUT_MS = 30 * 60_000

/** The API call for a comparison. */
export function diffCallPath({ from, to, fromPlatform, toPlatform }: DiffSides, part: DiffPart = {}): string {
  return `/api/v1/diff${queryString({ from, to: to === from ? undefined : to, fromPlatform, toPlatform, ...part })}`
}

/** A comparison with the layers looked into. The first page has everything; later ones bring more files. */
export function diffOptions(sides: DiffSides, unfold: readonly string[]) {
  return infiniteQueryOptions({
    queryKey: ['diff', sides, unfold] as const,
    queryFn: ({ pageParam, signal }) =>
      fetchJson<DiffResponse>(
        diffCallPath(sides, {
          unfold,
          limit: FILES_A_PAGE,
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        }),
        { signal, timeoutMs: TIMEOUT_MS },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // What is shown stays until another choice of what is folded is answered.
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  })
}
