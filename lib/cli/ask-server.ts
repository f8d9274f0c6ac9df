import type { z } from 'zod'
import { parseQuery } from '#lib/api/parse-request.ts'
import { problemDto } from '#lib/api/parts.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { ERROR_TABLE, type ErrorCode } from '#lib/errors/error-table.ts'
import type { CommonOptions } from './run-command.ts'

/** An Archway answers within its own 30 s, or 40 s for a probe; the rest is the network's. Layers: `askReading`. */
const TIMEOUT_MS = 60_000

/** One call of a server's API. */
export interface ServerCall {
  readonly path: string
  readonly params?: URLSearchParams
  /** Makes it a POST of this as JSON. */
  readonly body?: unknown
  /** The same, written already. */
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The Archway that a command line names by `--server` or ARCHWAY_SERVER. */
export function serverOf(options: CommonOptions): string | undefined {
  return options.server ?? (process.env.ARCHWAY_SERVER || undefined)
}

/**
 * Asks an Archway server when one is named by `--server` or ARCHWAY_SERVER, else does the work here. Both read the
 * same query and give the same answer. Throws the server's problem as an `AppError`.
 */
export async function askServer<Q extends z.ZodType, A extends z.ZodType>(
  options: CommonOptions,
  path: string,
  params: URLSearchParams,
  schemas: { readonly query: Q; readonly answer: A },
  signal: AbortSignal,
  local: (query: z.output<Q>) => Promise<z.output<A>>,
): Promise<z.output<A>> {
  const server = serverOf(options)
  const query = parseQuery(schemas.query, params)
  return server ? callServer(server, { path, params }, schemas.answer, signal) : local(query)
}

/** One call to an Archway server. Throws its problem as an `AppError`. */
export async function callServer<A extends z.ZodType>(
  server: string,
  call: ServerCall,
  schema: A,
  signal: AbortSignal,
): Promise<z.output<A>> {
  const url = serverUrl(server, call)
  const text = call.text ?? (call.body === undefined ? undefined : JSON.stringify(call.body))
  const headers = { ...call.headers, ...(text === undefined ? {} : { 'Content-Type': 'application/json' }) }
  const posted = text === undefined ? { headers } : { method: 'POST', headers, body: text }
  const response = await fetch(url, {
    ...posted,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw unreachable(url, cause)
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw problemError(body, url)
  return checkAnswer(schema, body, url)
}

/** An answer that has the shape it should. Throws `registry_protocol`. */
export function checkAnswer<A extends z.ZodType>(schema: A, body: unknown, url: URL): z.output<A> {
  const answer = schema.safeParse(body)
  if (answer.success) return answer.data
  throw new AppError('registry_protocol', `${url.origin} did not answer as an Archway does.`)
}

/** No Archway is at an address. */
export function unreachable(url: URL, cause: unknown): AppError {
  return new AppError('registry_unavailable', `The Archway at ${url.origin} cannot be reached.`, {
    hint: 'Is it running? Leave --server out to do the work from here.',
    cause,
  })
}

/** The address of a call. Throws `usage` where the server is none. */
export function serverUrl(server: string, { path, params }: ServerCall): URL {
  try {
    const url = new URL(path, server)
    url.search = params?.toString() ?? ''
    return url
  } catch (cause) {
    throw new AppError('usage', `“${server}” is not a URL.`, {
      hint: 'Pass --server http://127.0.0.1:3000.',
      cause,
    })
  }
}

/** What a server says went wrong, as our own error. */
export function problemError(body: unknown, url: URL): AppError {
  const problem = problemDto.safeParse(body)
  if (!problem.success || !(problem.data.code in ERROR_TABLE)) {
    return new AppError('registry_protocol', `${url.origin} did not answer as an Archway does.`)
  }
  const { code, detail, hint } = problem.data
  return new AppError(code as ErrorCode, detail, hint === undefined ? {} : { hint })
}
