import { manifestQuery } from '#lib/api/image.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { getContext } from '#lib/server/context.ts'
import { manifestResponse } from '#lib/server/manifest-response.ts'
import { route } from '#lib/server/route.ts'
import { getRawManifest } from '#lib/service/get-raw-manifest.ts'

export const GET = route(async (request) => {
  const query = parseQuery(manifestQuery, new URL(request.url).searchParams)
  return manifestResponse(await getRawManifest(await getContext(), query, request.signal))
})
