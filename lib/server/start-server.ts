import 'server-only'
import { stopAll } from '#lib/config/at-stop.ts'
import { getContext } from './context.ts'
import { tellProblem } from './tell-problem.ts'

/**
 * Builds the context before the first request. What is wrong with it is written for the operator, and every call tries
 * again and answers with the problem.
 */
export async function startServer(): Promise<void> {
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => void stopAll())
  await getContext().catch((error: unknown) => tellProblem(error, 'start'))
}
