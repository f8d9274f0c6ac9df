import type { RunAccepted, RunRequestDto } from '#lib/api/runs.ts'
import type { DeskContext } from './desk-context.ts'
import { planRun } from './plan-run.ts'

/**
 * Starts a run and answers once it is planned and kept; the work goes on without the caller. What is wrong with the
 * request is told here: throws what `planRun` throws, `server_stopping`, `store_unavailable`.
 */
export async function startRun(
  context: DeskContext,
  { ref, platforms, profile, profileName, removeImages = false }: RunRequestDto,
  signal?: AbortSignal,
): Promise<RunAccepted> {
  const plan = await planRun(context, { ref, platforms, profile, profileName }, signal)
  const id = await context.desk.start(plan, { removeImages })
  return { id, url: `/runs/${id}` }
}
