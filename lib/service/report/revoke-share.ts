import type { SharesResponse } from '#lib/api/reports.ts'
import type { StoredContext } from '../context.ts'
import { noSuchShare } from './get-shared-report.ts'
import { listShares } from './list-shares.ts'

/** Ends a link at once and for good; answers the links of its report that are left. Throws `not_found`. */
export async function revokeShare(context: StoredContext, token: string): Promise<SharesResponse> {
  const { store, now } = context
  const share = await store.shares.find(token)
  if (share === undefined) throw noSuchShare()
  await store.shares.revoke(token, now())
  return listShares(context, share.runId)
}
