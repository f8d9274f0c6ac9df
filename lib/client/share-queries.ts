import { queryOptions } from '@tanstack/react-query'
import type { SharesResponse } from '#lib/api/reports.ts'
import { fetchJson } from './fetch-json.ts'
import { reportCallPath, runKeys } from './run-queries.ts'

/** The API call for a shared report. */
export function sharedReportCallPath(token: string): string {
  return `/api/v1/shares/${encodeURIComponent(token)}`
}

/** The links of a report that work, newest first. */
export function sharesOptions(reportId: string) {
  return queryOptions({
    queryKey: [...runKeys.report(reportId), 'shares'] as const,
    queryFn: ({ signal }) => fetchJson<SharesResponse>(sharesCallPath(reportId), { signal }),
    staleTime: 0,
  })
}

/** Makes a link; answers all that work. */
export function createShare(reportId: string): Promise<SharesResponse> {
  return fetchJson<SharesResponse>(sharesCallPath(reportId), { method: 'POST' })
}

/** Ends a link for good; answers the report's others. */
export function revokeShare(token: string): Promise<SharesResponse> {
  return fetchJson<SharesResponse>(sharedReportCallPath(token), { method: 'DELETE' })
}

function sharesCallPath(reportId: string): string {
  return `${reportCallPath(reportId)}/shares`
}
