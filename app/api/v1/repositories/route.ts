import { parseBody } from '#lib/api/parse-request.ts'
import { repositoriesResponse, repositoryUpdate } from '#lib/api/repositories.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { requireSameOrigin } from '#lib/server/same-origin.ts'
import { listRepositories, updateRepository } from '#lib/service/list-repositories.ts'

export const GET = route(async () => json(repositoriesResponse, await listRepositories(await getContext())))

export const PUT = route(async (request) => {
  requireSameOrigin(request)
  const update = await parseBody(repositoryUpdate, request)
  return json(repositoriesResponse, await updateRepository(await getContext(), update))
})
