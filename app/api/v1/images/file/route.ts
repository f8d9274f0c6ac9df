import { fileQuery, fileResponse } from '#lib/api/file.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { readFile } from '#lib/service/read-file.ts'

export const GET = route(async (request) => {
  const query = parseQuery(fileQuery, new URL(request.url).searchParams)
  const { signal } = request
  return json(fileResponse, await readFile(await getContext(), query, { signal }))
})
