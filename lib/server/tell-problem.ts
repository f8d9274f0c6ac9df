import 'server-only'
import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import { type Problem, toProblem } from '#lib/errors/problem.ts'

/**
 * Any failure as the problem that a reader is shown. What is Archway's or a registry's fault is written for the
 * operator too, as one JSON line on standard error; `where` names the page or the path without its query.
 */
export function tellProblem(error: unknown, where: string): Problem {
  const failure = toAppError(error)
  const problem = toProblem(failure)
  if (problem.status >= 500) process.stderr.write(`${JSON.stringify(logLine(failure, where))}\n`)
  return problem
}

function logLine(error: AppError, where: string): Record<string, unknown> {
  const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : undefined
  return {
    time: new Date().toISOString(),
    level: 'error',
    code: error.code,
    where,
    message: error.message,
    ...(error.operatorDetail ? { detail: error.operatorDetail } : {}),
    ...(cause ? { cause } : {}),
  }
}
