import { z } from 'zod'

/** A repository somebody opened or pinned. */
export const repositoryDto = z.object({
  repository: z.string(),
  pinned: z.boolean(),
  openedAt: z.iso.datetime().optional(),
})
export type RepositoryDto = z.infer<typeof repositoryDto>

/** Answer of `GET /api/v1/repositories`: pinned first, then the most recently opened. */
export const repositoriesResponse = z.object({ repositories: z.array(repositoryDto) })
export type RepositoriesResponse = z.infer<typeof repositoriesResponse>

/** Body of `PUT /api/v1/repositories`; with `remove`, the repository is forgotten instead. */
export const repositoryUpdate = z.object({
  repository: z.string().min(1),
  pinned: z.boolean().optional(),
  remove: z.boolean().optional(),
})
