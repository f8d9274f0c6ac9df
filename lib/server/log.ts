import 'server-only'
import type { AppError } from '#lib/errors/app-error.ts'

/** Writes a failure for the operator as one JSON line on stderr: code, path without its query, detail, cause. */
export function logFailure(error: AppError, request: Request): void {
  const { pathname } = new URL(request.url)
  const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : undefined
  const line = {
    time: new Date().toISOString(),
    level: 'error',
    code: error.code,
    path: pathname,
    message: error.message,
    ...(error.operatorDetail ? { detail: error.operatorDetail } : {}),
    ...(cause ? { cause } : {}),
  }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
