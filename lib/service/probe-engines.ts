import type { EnginesResponse, ProbeRequestDto } from '#lib/api/engines.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type EnginesContext, listEngines } from './list-engines.ts'

/**
 * Finds out anew what an engine can run, or what all can; then answers the list. Ends after 40 s for an engine that
 * does not. Throws `not_found` for a name that no engine has.
 */
export async function probeEngines(
  context: EnginesContext,
  { engine }: ProbeRequestDto,
  signal?: AbortSignal,
): Promise<EnginesResponse> {
  const isKnown = await context.engines.probe(engine, signal)
  if (!isKnown) {
    throw new AppError('not_found', `No engine is called “${engine}”.`, {
      hint: 'GET /api/v1/engines lists them with their names.',
    })
  }
  // Only what was asked for is waited for.
  return listEngines(context, { signal, waitMs: 0 })
}
