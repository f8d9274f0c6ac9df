import type { RepositoriesResponse } from '#lib/api/repositories.ts'
import { formatRepository, parseRepository } from '#lib/oci/reference.ts'
import type { StoredContext } from './context.ts'

/** Repositories shown at most. */
const SHOWN = 60

/** Pinned repositories, then the most recently opened. */
export function listRepositories(context: StoredContext): Promise<RepositoriesResponse> {
  return context.store.repositories.list(SHOWN).then((repositories) => ({
    repositories: repositories.map((entry) => ({
      repository: entry.repository,
      pinned: entry.pinned,
      ...(entry.openedAt ? { openedAt: entry.openedAt.toISOString() } : {}),
    })),
  }))
}

/** Remembers that somebody opened a repository. */
export async function rememberRepository(context: StoredContext, repositoryText: string): Promise<void> {
  await context.store.repositories.touch(formatRepository(parseRepository(repositoryText)), context.now())
}

/** Pins, unpins or forgets a repository; answers the new list. Throws `reference_invalid`. */
export async function updateRepository(
  context: StoredContext,
  update: {
    readonly repository: string
    readonly pinned?: boolean | undefined
    readonly remove?: boolean | undefined
  },
): Promise<RepositoriesResponse> {
  const repository = formatRepository(parseRepository(update.repository))
  if (update.remove) await context.store.repositories.remove(repository)
  else await context.store.repositories.setPinned(repository, update.pinned ?? true, context.now())
  return listRepositories(context)
}
