import 'server-only'
import type { z } from 'zod'
import type { Problem } from '#lib/errors/problem.ts'
import { tellProblem } from './tell-problem.ts'

/** The parts of a path that a route names: `[id]`. */
type PathParts = Readonly<Record<string, string>>

/** A route's work: what it answers, given the request and the parts of its path. */
type Handler<P> = (request: Request, parts: P) => Promise<Response>

/** Wraps a route: every failure becomes problem+json, logged once with its operator detail. */
export function route<P extends PathParts = PathParts>(
  handler: Handler<P>,
): (request: Request, place: { readonly params: Promise<P> }) => Promise<Response> {
  return async (request, { params }) => {
    try {
      return await handler(request, await params)
    } catch (error) {
      return problemResponse(tellProblem(error, new URL(request.url).pathname))
    }
  }
}

/** JSON that may not be cached by anybody between: what it says of a tag is true only now. */
export function json<T extends z.ZodType>(
  schema: T,
  body: z.input<T>,
  { status = 200, headers = {} }: JsonOptions = {},
): Response {
  return Response.json(schema.parse(body), { status, headers: { 'Cache-Control': 'no-store', ...headers } })
}

/** What an answer may say beside its body. */
interface JsonOptions {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
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
