import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import { errorInfo } from '#lib/errors/error-table.ts'
import { toProblem } from '#lib/errors/problem.ts'
import { YamlError } from '#lib/yaml/read-yaml.ts'
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
    for (const line of messageLines(failure)) complain(line)
    if (failure.hint) complain(`  ${safeText(failure.hint)}`)
    if (failure.code === 'internal') complain(failure.operatorDetail ?? '')
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

/** One line; of a file with mistakes one for each, as editors and CI servers find the place by it. */
function messageLines(failure: AppError): readonly string[] {
  if (!(failure instanceof YamlError)) return [`archway: ${safeText(failure.message)}`]
  const { file, title, faults, more } = failure
  return [
    `archway: ${safeText(title)} is not valid:`,
    ...faults.map(({ line, column, message }) => safeText(`${file}:${line}:${column} ${message}`)),
    ...(more === 0 ? [] : [`and ${more} more`]),
  ]
}
