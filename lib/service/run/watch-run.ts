import type { DeskContext } from './desk-context.ts'
import { getRun } from './get-run.ts'
import type { IdentifiedRunEvent } from './live-run.ts'

/** Follows a run until it is over or the signal aborts. */
export type FollowRun = (signal: AbortSignal) => AsyncIterable<IdentifiedRunEvent>

/**
 * The events of a run: what a reader missed after the event it saw last, as far as that is still known, else a snapshot
 * first; then everything as it happens. A run that is over is a snapshot and its end. Throws `not_found`.
 */
export async function watchRun(
  context: DeskContext,
  id: string,
  lastEventId: string | undefined,
): Promise<FollowRun> {
  const live = context.desk.live(id)
  if (live) return (signal) => live.follow(lastEventId, signal)
  const run = await getRun(context, id)
  return async function* () {
    yield { event: 'snapshot', data: run, id: 'over-1' }
    if (run.reportUrl) yield { event: 'finished', data: run, id: 'over-2' }
  }
}
