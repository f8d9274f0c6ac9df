import type { EngineDto, EnginesResponse } from '#lib/api/engines.ts'
import { toProblem } from '#lib/errors/problem.ts'
import type { EnginePool, EngineState } from './run/engine-pool.ts'

/** What the verbs of engines need. */
export interface EnginesContext {
  readonly engines: EnginePool
}

/** What listing may be told. */
export interface ListEnginesOptions {
  readonly signal?: AbortSignal | undefined
  /** Engines that have to be asked are waited for this long; those that take longer are `probing`. */
  readonly waitMs?: number
}

/** Finding out takes a second or two; an engine that does not answer takes longer. */
const WAIT_MS = 8_000

/** The engines, best first, each with what it was found able to run. One that is not there says why. */
export async function listEngines(
  { engines }: EnginesContext,
  { signal, waitMs = WAIT_MS }: ListEnginesOptions = {},
): Promise<EnginesResponse> {
  const states = await engines.states(waitMs, signal)
  return { engines: states.map(describeEngine), problems: engines.problems.map(toProblem) }
}

function describeEngine({ named, seat, problem, isBusy }: EngineState): EngineDto {
  const isReady = seat !== undefined && problem === undefined
  return {
    name: named.name,
    address: named.engine.address,
    foundBy: named.foundBy,
    state: isReady ? 'ready' : 'unavailable',
    ...(isBusy ? { probing: true } : {}),
    ...(problem ? { problem: toProblem(problem) } : {}),
    ...(seat ? { info: describeInfo(seat.info) } : {}),
    platforms: isReady ? seat.platforms.map((each) => ({ ...each })) : [],
    ...(isReady && seat.probedAt ? { probedAt: seat.probedAt.toISOString() } : {}),
  }
}

function describeInfo({ name, missingLimits, ...info }: NonNullable<EngineState['seat']>['info']) {
  return { ...info, host: name, missingLimits: [...missingLimits] }
}
