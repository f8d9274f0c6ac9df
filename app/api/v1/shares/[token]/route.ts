import { reportDto, sharesResponse } from '#lib/api/reports.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { requireSameOrigin } from '#lib/server/same-origin.ts'
import { getSharedReport } from '#lib/service/report/get-shared-report.ts'
import { revokeShare } from '#lib/service/report/revoke-share.ts'

export const GET = route<{ token: string }>(async (_, { token }) =>
  json(reportDto, await getSharedReport(await getContext(), token), {
    headers: { 'X-Robots-Tag': 'noindex' },
  }),
)

export const DELETE = route<{ token: string }>(async (request, { token }) => {
  requireSameOrigin(request)
  return json(sharesResponse, await revokeShare(await getContext(), token))
})
