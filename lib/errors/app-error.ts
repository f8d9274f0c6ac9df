import { type ErrorCode, errorInfo } from './error-table.ts'

/** What an `AppError` may carry beside its message. */
export interface AppErrorOptions {
  /** What the user can do next, one sentence. */
  readonly hint?: string
  /** For operators and logs only; never sent to a user. Must hold no secret. */
  readonly operatorDetail?: string
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/** Marks an `AppError` of whichever copy of this module. */
const BRAND = Symbol.for('archway.AppError')

/**
 * The one error type of Archway. `message` is user text: what happened and where, without secrets or signed URLs.
 * Adapters translate foreign failures into it once, at their border.
 *
 * Next bundles routes and pages apart, each with a copy of this class, and they share one context: `instanceof` looks
 * at a brand, so that an error thrown by one copy is known to the other.
 */
export class AppError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && BRAND in value
  }

  override readonly name = 'AppError'
  readonly [BRAND] = true
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly operatorDetail: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.operatorDetail = options.operatorDetail
    this.retryAfterMs = options.retryAfterMs
  }

  /** Whether doing the same again can succeed. */
  get retryable(): boolean {
    return errorInfo(this.code).retryable
  }
}

/** `error` as an `AppError`: itself, `cancelled` for an abort, a time-out, else `internal` with the original as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  // The second is what Next says of a reader who left.
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'ResponseAborted')) {
    return new AppError('cancelled', 'The work was cancelled.', { cause: error })
  }
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new AppError('registry_timeout', 'The registry did not answer in time.', {
      hint: 'What came so far is kept; try again in a moment.',
      cause: error,
    })
  }
  return new AppError('internal', 'Something unexpected went wrong inside Archway.', {
    hint: 'The server log has the details; please report it.',
    operatorDetail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    cause: error,
  })
}
