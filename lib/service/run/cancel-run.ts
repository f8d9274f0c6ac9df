import type { RunDto } from '#lib/api/runs.ts'
import type { DeskContext } from './desk-context.ts'
import { getRun } from './get-run.ts'

/**
 * Ends a run and answers it as it is then: over, unless an engine takes more than two seconds to let go. A run that is
 * over already stays as it is. Throws `not_found`.
 */
export async function cancelRun(context: DeskContext, id: string): Promise<RunDto> {
  const run = await getRun(context, id)
  if (run.reportUrl) return run
  await context.desk.cancel(id)
  return getRun(context, id)
}
