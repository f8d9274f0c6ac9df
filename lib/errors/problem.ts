import type { AppError } from './app-error.ts'
import { type ErrorCode, errorInfo } from './error-table.ts'

/** RFC 9457 problem details with Archway's `code` and `hint`. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ErrorCode
  readonly hint?: string
  readonly retryAfterMs?: number
}

/** The user-visible form of an error, the same at every door. Carries no operator text. */
export function toProblem(error: AppError): Problem {
  const info = errorInfo(error.code)
  return {
    type: `urn:archway:problem:${error.code}`,
    title: info.title,
    status: info.status,
    detail: error.message,
    code: error.code,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  }
}
