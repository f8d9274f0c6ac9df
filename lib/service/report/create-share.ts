import { randomBytes } from 'node:crypto'
import type { SharesResponse } from '#lib/api/reports.ts'
import type { StoredContext } from '../context.ts'
import { noSuchReport } from './get-report.ts'
import { listShares } from './list-shares.ts'

/** Nobody guesses it: whoever has the link sees the report. */
const TOKEN_BYTES = 32

/** Makes a link by which anyone sees a report; answers all links of the report. Throws `not_found`. */
export async function createShare(context: StoredContext, runId: string): Promise<SharesResponse> {
  const { store, now } = context
  if (!(await store.reports.has(runId))) throw noSuchReport()
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await store.shares.create({ token, runId, createdAt: now() })
  return listShares(context, runId)
}
