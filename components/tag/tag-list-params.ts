import type { TagList } from '#lib/client/tag-list.ts'

/** The state of a repository's page as it stands in the address; the same on both sides. */
export function readTagListParams(address: URLSearchParams): Required<TagListChange> {
  return {
    q: address.get('q') ?? '',
    missing: address.get('missing') ?? '',
    platform: address.get('platform') ?? '',
    sort: address.get('sort') === 'name' ? 'name' : 'version',
    order: address.get('order') === 'asc' ? 'asc' : 'desc',
  }
}

/** A change as the address takes it: what is default is left out. */
export function toAddress({ sort, order, ...texts }: TagListChange): Record<string, string> {
  return {
    ...texts,
    ...(sort === undefined ? {} : { sort: sort === 'version' ? '' : sort }),
    ...(order === undefined ? {} : { order: order === 'desc' ? '' : order }),
  }
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
