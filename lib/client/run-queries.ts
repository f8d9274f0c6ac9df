import type { RunOutputDto } from '#lib/api/run-output.ts'
import type { RunAccepted, RunDto, RunRequestDto, RunsQuery } from '#lib/api/runs.ts'
import { fetchJson } from './fetch-json.ts'
import { queryString } from './query-string.ts'

/** Which runs; all of them without filters. */
export type RunList = Partial<RunsQuery>

/** Keys of everything about runs, from the whole to the part. */
export const runKeys = {
  all: ['runs'] as const,
  lists: ['runs', 'list'] as const,
  run: (id: string) => ['runs', 'run', id] as const,
  report: (id: string) => ['reports', id] as const,
}

/** The API call for one run; `…/events` follows it, `…/cancel` ends it. */
export function runCallPath(id: string): string {
  return `/api/v1/runs/${encodeURIComponent(id)}`
}

/** The API call for a list of runs: what is absent is left out. */
export function runsCallPath(list: RunList = {}): string {
  return `/api/v1/runs${queryString({ ...list })}`
}

/** The API call for a report. */
export function reportCallPath(id: string): string {
  return `/api/v1/reports/${encodeURIComponent(id)}`
}

/** All that is kept of what a platform wrote; with a cursor what came since, or everything when it began anew. */
export function getRunOutput(
  id: string,
  platform: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<RunOutputDto> {
  return fetchJson<RunOutputDto>(`${runCallPath(id)}/output${queryString({ platform, cursor })}`, {
    signal,
  })
}

/** Starts a run: answers once it is planned and kept. A reference that is wrong is a problem at once. */
export function startRun(request: RunRequestDto, signal?: AbortSignal): Promise<RunAccepted> {
  return fetchJson<RunAccepted>('/api/v1/runs', { method: 'POST', body: request, signal })
}

/** Ends a run within two seconds; answers the run as it is then. One that is over stays as it is. */
export function cancelRun(id: string): Promise<RunDto> {
  return fetchJson<RunDto>(`${runCallPath(id)}/cancel`, { method: 'POST' })
}
