import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { RepositoriesResponse } from '#lib/api/repositories.ts'
import { fetchJson } from './fetch-json.ts'

const PATH = '/api/v1/repositories'

/** What to do with a remembered repository: pin or unpin it, or forget it. */
export type RepositoryUpdate =
  | { readonly repository: string; readonly pinned: boolean }
  | { readonly repository: string; readonly remove: true }

/** The pinned and recent repositories. */
export const repositoriesOptions = queryOptions({
  queryKey: ['repositories'] as const,
  queryFn: ({ signal }) => fetchJson<RepositoriesResponse>(PATH, { signal }),
})

/** Pins, unpins or forgets a repository. The list shows it at once and is put right by the answer. */
export const updateRepositoryOptions = mutationOptions({
  mutationKey: ['repositories', 'update'] as const,
  mutationFn: (update: RepositoryUpdate) =>
    fetchJson<RepositoriesResponse>(PATH, { method: 'PUT', body: update }),
  onMutate: async (update, { client }) => {
    await client.cancelQueries({ queryKey: repositoriesOptions.queryKey })
    const before = client.getQueryData(repositoriesOptions.queryKey)
    client.setQueryData(repositoriesOptions.queryKey, (current) => current && applyUpdate(current, update))
    return { before }
  },
  onSuccess: (answer, _update, _before, { client }) => {
    client.setQueryData(repositoriesOptions.queryKey, answer)
  },
  onError: (_error, _update, kept, { client }) => {
    if (kept?.before) client.setQueryData(repositoriesOptions.queryKey, kept.before)
  },
})

/** The list as it will be after `update`: pinned first, else in the order it had. */
export function applyUpdate(list: RepositoriesResponse, update: RepositoryUpdate): RepositoriesResponse {
  const others = list.repositories.filter((entry) => entry.repository !== update.repository)
  if ('remove' in update) return { repositories: others }
  const known = list.repositories.find((entry) => entry.repository === update.repository)
  const changed = { ...known, repository: update.repository, pinned: update.pinned }
  const pinned = others.filter((entry) => entry.pinned)
  const recent = others.filter((entry) => !entry.pinned)
  // The last of the pinned or the first of the recent: the same place.
  return { repositories: [...pinned, changed, ...recent] }
}
