import type { SharesResponse } from '#lib/api/reports.ts'
import type { StoredContext } from '../context.ts'
import { noSuchReport } from './get-report.ts'

/** The links of a report that work, newest first. Throws `not_found`. */
export async function listShares({ store }: StoredContext, runId: string): Promise<SharesResponse> {
  if (!(await store.reports.has(runId))) throw noSuchReport()
  const shares = await store.shares.list(runId)
  return {
    shares: shares.map(({ token, createdAt }) => ({
      token,
      path: `/share/${token}`,
      createdAt: createdAt.toISOString(),
    })),
  }
}
