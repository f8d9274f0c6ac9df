import 'server-only'
import type { z } from 'zod'
import type { Problem } from '#lib/errors/problem.ts'
import { tellProblem } from './tell-problem.ts'

/** A route's work: what it answers, given the request. */
type Handler = (request: Request) => Promise<Response>

/** Wraps a route: every failure becomes problem+json, logged once with its operator detail. */
export function route(handler: Handler): Handler {
  return async (request) => {
    try {
      return await handler(request)
    } catch (error) {
      return problemResponse(tellProblem(error, new URL(request.url).pathname))
    }
  }
}

/** JSON that may not be cached by anybody between: what it says of a tag is true only now. */
export function json<T extends z.ZodType>(schema: T, body: z.input<T>): Response {
  return Response.json(schema.parse(body), { headers: { 'Cache-Control': 'no-store' } })
}

/** A problem as RFC 9457 problem+json. */
function problemResponse(problem: Problem): Response {
  const waitMs = problem.retryAfterMs
  return Response.json(problem, {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(waitMs === undefined ? {} : { 'Retry-After': String(Math.ceil(waitMs / 1000)) }),
    },
  })
}
