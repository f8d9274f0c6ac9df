import { sharesResponse } from '#lib/api/reports.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { requireSameOrigin } from '#lib/server/same-origin.ts'
import { createShare } from '#lib/service/report/create-share.ts'
import { listShares } from '#lib/service/report/list-shares.ts'

export const GET = route<{ id: string }>(async (_, { id }) =>
  json(sharesResponse, await listShares(await getContext(), id)),
)

export const POST = route<{ id: string }>(async (request, { id }) => {
  requireSameOrigin(request)
  return json(sharesResponse, await createShare(await getContext(), id), { status: 201 })
})
