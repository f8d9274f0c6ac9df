import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import type { TagList } from '#lib/client/tag-list.ts'

/** The state of a repository's page as it stands in the address; the same on both sides. */
export const tagListParams = {
  repository: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  missing: parseAsString.withDefault(''),
  platform: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(['version', 'name']).withDefault('version'),
  order: parseAsStringLiteral(['desc', 'asc']).withDefault('desc'),
}

/** What a person changes of a list; an empty text ends a filter. */
export interface TagListChange {
  readonly q?: string
  readonly missing?: string
  readonly platform?: string
  readonly sort?: TagList['sort']
  readonly order?: TagList['order']
}

/** Whether anything narrows the list. */
export function isFiltered(list: TagList): boolean {
  return Boolean(list.q) || Boolean(list.missing) || Boolean(list.platform)
}
