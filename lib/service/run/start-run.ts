import type { RunAccepted, RunRequestDto } from '#lib/api/runs.ts'
import type { DeskContext } from './desk-context.ts'
import { planRun } from './plan-run.ts'
import { assertSameRequest, type RequestKey, requestKey } from './request-key.ts'

/**
 * Starts a run and answers once it is planned and kept; the work goes on without the caller. The same request with the
 * same key is answered with the run that it started first. What is wrong with the request is told here: throws what
 * `planRun` throws, `run_key_conflict`, `runs_too_many`, `server_stopping`, `store_unavailable`.
 */
export async function startRun(
  context: DeskContext,
  request: RunRequestDto,
  signal?: AbortSignal,
): Promise<RunAccepted> {
  const { ref, platforms, profile, profileName, removeImages = false } = request
  const key = requestKey(request)
  const known = await runOfKey(context, key)
  if (known) return known
  const plan = await planRun(context, { ref, platforms, profile, profileName }, signal)
  try {
    return accepted(await context.desk.start(plan, { removeImages, key }))
  } catch (error) {
    // The same request may have come twice at once: then the store took one of them.
    const first = await runOfKey(context, key)
    if (first) return first
    throw error
  }
}

async function runOfKey(
  { store }: DeskContext,
  asked: RequestKey | undefined,
): Promise<RunAccepted | undefined> {
  const known = asked && (await store.runs.ofKey(asked.key))
  if (!asked || !known) return undefined
  assertSameRequest(asked, known)
  return accepted(known.id)
}

function accepted(id: string): RunAccepted {
  return { id, url: `/runs/${id}` }
}
