import { healthResponse } from '#lib/api/health.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'

export const GET = route(async () => {
  await getContext()
  return json(healthResponse, { status: 'ok' })
})
