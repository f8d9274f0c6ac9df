import { queryOptions } from '@tanstack/react-query'
import type { BinariesResponse } from '#lib/api/binaries.ts'
import type { FileResponse } from '#lib/api/file.ts'
import type { FilesResponse } from '#lib/api/files.ts'
import type { PackagesResponse } from '#lib/api/packages.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { isAskedAgain } from './asked-again.ts'
import { fetchJson } from './fetch-json.ts'
import { fetchReading } from './fetch-reading.ts'
import { queryString } from './query-string.ts'

/** Large layers are read from the registry first; later answers come from the cache. */
const TIMEOUT_MS = 600_000
const PAGE_LIMIT = 20_000

/** One image: a reference, and which of its platforms. */
export interface ContentsOf {
  readonly ref: string
  readonly platform: string | undefined
}

type Call = 'files' | 'packages' | 'binaries'

/** The API call for what is inside an image; `more` narrows it. */
export function contentsCallPath(
  show: Call,
  of: ContentsOf,
  more: Readonly<Record<string, string | number | undefined>> = {},
): string {
  return `/api/v1/images/${show}${queryString({ ref: of.ref, platform: of.platform, ...more })}`
}

const fresh = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const

/** What the top of a file tree is: its first rows, with what each folder holds. */
export const OUTLINE = { depth: 1, limit: 2_000 } as const

/**
 * The top of an image's file tree, with the folders that lead to a path: a few kilobytes, where all files are
 * megabytes.
 */
export function outlineOptions(
  of: ContentsOf,
  around: string | undefined,
  onProgress?: (progress: ReadingProgress) => void,
) {
  return queryOptions({
    ...fresh,
    queryKey: ['contents', 'outline', of, around ?? ''] as const,
    queryFn: ({ signal, client, queryKey }) =>
      fetchReading<FilesResponse>(contentsCallPath('files', of, { ...OUTLINE, around }), {
        signal,
        onProgress,
        isAgain: isAskedAgain(client, queryKey),
      }),
  })
}

/**
 * All files of an image, whatever number of pages that takes. Anew where the top of the tree is another: a layer that
 * had failed was read.
 */
export function filesOptions(of: ContentsOf, top: FilesResponse | undefined) {
  return queryOptions({
    ...fresh,
    queryKey: ['contents', 'files', of, top?.paths] as const,
    queryFn: async ({ signal }) => {
      const ask = (cursor?: string) =>
        fetchJson<FilesResponse>(contentsCallPath('files', of, { limit: PAGE_LIMIT, cursor }), {
          signal,
          timeoutMs: TIMEOUT_MS,
        })
      const first = await ask()
      const entries = [...first.entries]
      let { nextCursor } = first
      while (nextCursor !== undefined) {
        const page = await ask(nextCursor)
        for (const entry of page.entries) entries.push(entry)
        nextCursor = page.nextCursor
      }
      return { ...first, entries }
    },
  })
}

/** The packages of an image; `onProgress` hears how far its layers are. Leaving ends the reading. */
export function packagesOptions(of: ContentsOf, onProgress?: (progress: ReadingProgress) => void) {
  return queryOptions({
    ...fresh,
    queryKey: ['contents', 'packages', of] as const,
    queryFn: ({ signal, client, queryKey }) =>
      fetchReading<PackagesResponse>(contentsCallPath('packages', of), {
        signal,
        onProgress,
        isAgain: isAskedAgain(client, queryKey),
      }),
  })
}

/** The programs and libraries of an image, as `packagesOptions`. */
export function binariesOptions(of: ContentsOf, onProgress?: (progress: ReadingProgress) => void) {
  return queryOptions({
    ...fresh,
    queryKey: ['contents', 'binaries', of] as const,
    queryFn: ({ signal, client, queryKey }) =>
      fetchReading<BinariesResponse>(contentsCallPath('binaries', of), {
        signal,
        onProgress,
        isAgain: isAskedAgain(client, queryKey),
      }),
  })
}

/** The API call for one path of an image. */
export function fileCallPath(of: ContentsOf, path: string): string {
  return `/api/v1/images/file${queryString({ ref: of.ref, platform: of.platform, path })}`
}

/** One file of an image with its content, where that is text. */
export function fileOptions(of: ContentsOf, path: string) {
  return queryOptions({
    ...fresh,
    queryKey: ['contents', 'file', of, path] as const,
    queryFn: ({ signal }) =>
      fetchJson<FileResponse>(fileCallPath(of, path), { signal, timeoutMs: TIMEOUT_MS }),
  })
}
