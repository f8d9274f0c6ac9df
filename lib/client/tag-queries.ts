import { queryOptions, skipToken } from '@tanstack/react-query'
import type { TagDetailsResponse, TagsResponse, TagsSummaryDto } from '#lib/api/tags.ts'
import { fetchJson } from './fetch-json.ts'
import { queryString } from './query-string.ts'
import { type TagList, tagWindowPath } from './tag-list.ts'

/** Keys of everything a repository's page holds, from the whole to the part. */
export const tagKeys = {
  repository: (repository: string) => ['tags', repository] as const,
  windows: (repository: string) => ['tags', repository, 'windows'] as const,
  count: ({ repository, ...filters }: TagList) =>
    ['tags', repository, 'count', definedOnly(filters)] as const,
  list: ({ repository, ...filters }: TagList) =>
    [...tagKeys.windows(repository), definedOnly(filters)] as const,
}

/** One window of a list: rows `window * 100` onwards. */
export function tagWindowOptions(list: TagList, window: number) {
  return queryOptions({
    queryKey: [...tagKeys.list(list), window] as const,
    queryFn: async ({ signal, client }) => {
      const answer = await fetchJson<TagsResponse>(tagWindowPath(list, window), { signal })
      const { queryKey } = tagSummaryOptions(list.repository)
      client.setQueryData(queryKey, (known) => newerSummary(known, answer.summary))
      return answer
    },
  })
}

/** How many tags a list has, and no rows. */
export function tagCountOptions(list: TagList) {
  return queryOptions({
    queryKey: tagKeys.count(list),
    queryFn: async ({ signal }) => {
      const answer = await fetchJson<TagsResponse>(tagWindowPath(list, 0, 1), { signal })
      return answer.matching
    },
  })
}

/** What the whole repository looks like. Written by windows and events as they arrive, never asked for alone. */
export function tagSummaryOptions(repository: string) {
  return queryOptions<TagsSummaryDto>({
    queryKey: [...tagKeys.repository(repository), 'summary'] as const,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Sizes and times of at most 60 tags; failed ones are tried again. */
export function fetchTagDetails(
  repository: string,
  tags: readonly string[],
  signal?: AbortSignal,
): Promise<TagDetailsResponse> {
  const query = queryString({ repository, tag: tags })
  return fetchJson<TagDetailsResponse>(`/api/v1/tags/details${query}`, { signal })
}

/** The summary that knows more: of a later listing, or with more rows looked at; the incoming one on a tie. */
export function newerSummary(known: TagsSummaryDto | undefined, incoming: TagsSummaryDto): TagsSummaryDto {
  if (!known || known.listedAt !== incoming.listedAt) return incoming
  return known.resolved + known.failed > incoming.resolved + incoming.failed ? known : incoming
}

function definedOnly<T extends object>(filters: T): Partial<T> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value)) as Partial<T>
}
