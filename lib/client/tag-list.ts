import type { TagsQuery } from '#lib/api/tags.ts'
import { queryString } from './query-string.ts'

/** Which tags of a repository, in which order. Absent and empty texts do not filter. */
export interface TagList {
  readonly repository: string
  readonly q?: string | undefined
  readonly missing?: string | undefined
  readonly platform?: string | undefined
  readonly sort: TagsQuery['sort']
  readonly order: TagsQuery['order']
}

/** Rows are asked for in windows of this many, in any order. */
export const TAG_WINDOW = 100

/** Whether the list depends on what tags turn out to hold, so that resolving one can change its rows. */
export function dependsOnPlatforms(list: TagList): boolean {
  return Boolean(list.missing) || Boolean(list.platform)
}

/** The API call for the whole list, as a person would make it: what is default is left out. */
export function tagListPath(list: TagList): string {
  return `/api/v1/tags${queryString({
    repository: list.repository,
    q: list.q,
    missing: list.missing,
    platform: list.platform,
    sort: list.sort === 'version' ? undefined : list.sort,
    order: list.order === 'desc' ? undefined : list.order,
  })}`
}

/** The API call for one window of the list as the table shows it: arch tags nested, nothing waited for. */
export function tagWindowPath(list: TagList, window: number, limit = TAG_WINDOW): string {
  const start = window * TAG_WINDOW
  const rest = queryString({
    group: true,
    wait: false,
    limit,
    cursor: start === 0 ? undefined : String(start),
  })
  return `${tagListPath(list)}${rest.replace('?', '&')}`
}
