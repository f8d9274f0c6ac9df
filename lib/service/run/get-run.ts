import type { RunDto } from '#lib/api/runs.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { DeskContext } from './desk-context.ts'
import { runDto } from './run-dto.ts'

/** A run as it is now, live or over. Throws `not_found`. */
export async function getRun(context: DeskContext, id: string): Promise<RunDto> {
  const live = context.desk.live(id)
  if (live) return live.run
  const stored = await context.store.runs.get(id)
  if (stored) return runDto(stored)
  throw noSuchRun()
}

/** What asking for an unknown run comes to. */
export function noSuchRun(): AppError {
  return new AppError('not_found', 'There is no such run here.', {
    hint: 'GET /api/v1/runs lists the runs of this Archway.',
  })
}
