import type { RunSummaryDto, RunsQuery, RunsResponse } from '#lib/api/runs.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { formatRepository, parseRepository } from '#lib/oci/reference.ts'
import type { DeskContext } from './desk-context.ts'
import { runSummaryDto } from './run-dto.ts'

/** A page of runs, newest first. Throws `reference_invalid`, `digest_invalid`, `request_invalid` for its filters. */
export async function listRuns(context: DeskContext, query: RunsQuery): Promise<RunsResponse> {
  const { state, verdict, limit } = query
  const filter = {
    repository: query.repository && formatRepository(parseRepository(query.repository)),
    digest: query.digest && parseDigest(query.digest),
    state,
    verdict,
    before: parseCursor(query.cursor),
  }
  const lines = await context.store.runs.list(filter, limit + 1)
  const page = lines.slice(0, limit)
  const last = page.at(-1)
  return {
    runs: page.map((line) => asOfNow(context, runSummaryDto(line))),
    ...(lines.length > limit && last ? { nextCursor: String(last.seq) } : {}),
  }
}

/** The store does not know which of its jobs are pulling, and after a stop which ones wait again. */
function asOfNow({ desk }: DeskContext, summary: RunSummaryDto): RunSummaryDto {
  const run = desk.live(summary.id)?.run
  if (run === undefined) return summary
  const jobs = run.jobs.map(({ platform, state, verdict, mode }) => ({
    platform,
    state,
    ...(verdict ? { verdict } : {}),
    ...(mode ? { mode } : {}),
  }))
  const { state, verdict, finishedAt } = run
  return { ...summary, state, ...(verdict ? { verdict } : {}), ...(finishedAt ? { finishedAt } : {}), jobs }
}

function parseCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined || /^\d{1,15}$/.test(cursor))
    return cursor === undefined ? undefined : Number(cursor)
  throw new AppError('request_invalid', `“${cursor}” is not a cursor.`, {
    hint: 'Pass the nextCursor of the page before, or leave it out.',
  })
}
