import { toAppError } from '#lib/errors/app-error.ts'
import { errorInfo } from '#lib/errors/error-table.ts'
import { toProblem } from '#lib/errors/problem.ts'
import { complain, printJson } from './output.ts'
import { safeText } from './table.ts'

/** What every command may be told. */
export interface CommonOptions {
  readonly json?: boolean
  readonly server?: string
}

/**
 * Runs a command's work and sets the exit code: what the work answers, 2 when it could not answer, 64 for input that
 * is not understood. The error goes to standard error, with `--json` as problem+json.
 */
export async function runCommand(
  options: CommonOptions,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<void> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    process.exitCode = await work(stop.signal)
  } catch (error) {
    const failure = toAppError(error)
    process.exitCode = stop.signal.aborted ? 130 : errorInfo(failure.code).exitCode
    if (options.json) printJson(toProblem(failure))
    complain(`archway: ${safeText(failure.message)}`)
    if (failure.hint) complain(`  ${safeText(failure.hint)}`)
    if (failure.code === 'internal') complain(failure.operatorDetail ?? '')
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}
