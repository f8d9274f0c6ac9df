import 'server-only'
import type { z } from 'zod'
import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import { toProblem } from '#lib/errors/problem.ts'
import { logFailure } from './log.ts'

/** A route's work: what it answers, given the request. */
type Handler = (request: Request) => Promise<Response>

/** Wraps a route: every failure becomes problem+json, logged once with its operator detail. */
export function route(handler: Handler): Handler {
  return async (request) => {
    try {
      return await handler(request)
    } catch (error) {
      return problemResponse(toAppError(error), request)
    }
  }
}

/** JSON that may not be cached by anybody between: what it says of a tag is true only now. */
export function json<T extends z.ZodType>(schema: T, body: z.input<T>): Response {
  return Response.json(schema.parse(body), { headers: { 'Cache-Control': 'no-store' } })
}

/** An error as RFC 9457 problem+json. */
export function problemResponse(error: AppError, request: Request): Response {
  const problem = toProblem(error)
  if (problem.status >= 500) logFailure(error, request)
  const retryAfter =
    error.retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(error.retryAfterMs / 1000)) }
  return Response.json(problem, {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...retryAfter },
  })
}
