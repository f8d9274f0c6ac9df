import { queryOptions } from '@tanstack/react-query'
import type { BinariesResponse } from '#lib/api/binaries.ts'
import type { FileResponse } from '#lib/api/file.ts'
import type { FilesResponse } from '#lib/api/files.ts'
import type { PackagesResponse } from '#lib/api/packages.ts'
import { fetchJson } from './fetch-json.ts'
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

/** The API call for what is inside an image. */
export function contentsCallPath(show: Call, of: ContentsOf, cursor?: string): string {
  const page = show === 'files' ? { limit: PAGE_LIMIT, cursor } : {}
  return `/api/v1/images/${show}${queryString({ ref: of.ref, platform: of.platform, ...page })}`
}

const fresh = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const

/** All files of an image, whatever number of pages that takes. */
export function filesOptions(of: ContentsOf) {
  return queryOptions({
    ...fresh,
    queryKey: ['contents', 'files', of] as const,
    queryFn: async ({ signal }) => {
      const ask = (cursor?: string) =>
        fetchJson<FilesResponse>(contentsCallPath('files', of, cursor), { signal, timeoutMs: TIMEOUT_MS })
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

/** The packages of an image. */
export function packagesOptions(of: ContentsOf) {
  return queryOptions({
    ...fresh,
    queryKey: ['contents', 'packages', of] as const,
    queryFn: ({ signal }) =>
      fetchJson<PackagesResponse>(contentsCallPath('packages', of), { signal, timeoutMs: TIMEOUT_MS }),
  })
}

/** The programs and libraries of an image. */
export function binariesOptions(of: ContentsOf) {
  return queryOptions({
    ...fresh,
    queryKey: ['contents', 'binaries', of] as const,
    queryFn: ({ signal }) =>
      fetchJson<BinariesResponse>(contentsCallPath('binaries', of), { signal, timeoutMs: TIMEOUT_MS }),
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
