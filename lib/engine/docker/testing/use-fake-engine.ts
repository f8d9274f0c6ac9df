import { expect, onTestFinished } from 'vitest'
import type { AppError } from '#lib/errors/app-error.ts'
import type { Engine } from '../../engine.ts'
import type { EngineTimes } from '../docker-api.ts'
import { createDockerEngine } from '../docker-engine.ts'
import { type FakeEngine, type FakeRoute, startFakeEngine } from './fake-engine.ts'

/** Long enough for a busy machine to answer, short enough to wait for in a test. */
export const QUICK: Partial<EngineTimes> = {
  askMs: 1_000,
  workMs: 1_000,
  transferIdleMs: 500,
  killedMs: 500,
  drainMs: 200,
  heartbeatMs: 100,
}

/** A fake engine and the adapter on it, both gone after the test. */
export async function useFakeEngine(
  routes: Readonly<Record<string, FakeRoute>>,
): Promise<{ readonly server: FakeEngine; readonly engine: Engine }> {
  const server = await startFakeEngine(routes)
  const engine = createDockerEngine(server.address, QUICK)
  onTestFinished(async () => {
    await engine.close()
    await server.stop()
  })
  return { server, engine }
}

/** The error that the work ends with; it must not succeed. */
export function failureOf(work: Promise<unknown>): Promise<AppError> {
  return work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error as AppError,
  )
}
