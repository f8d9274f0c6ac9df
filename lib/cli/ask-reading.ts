import type { z } from 'zod'
import { parseQuery } from '#lib/api/parse-request.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { fetchReading } from '#lib/client/fetch-reading.ts'
import { ProblemError } from '#lib/client/problem-error.ts'
import type { TreeOptions } from '#lib/service/read-image-tree.ts'
import { ReadingTally } from '#lib/service/reading-tally.ts'
import { checkAnswer, problemError, serverOf, serverUrl, unreachable } from './ask-server.ts'
import { ReadingLine } from './reading-line.ts'
import type { CommonOptions } from './run-command.ts'

/**
 * As `askServer`, for calls that may have to read layers: how far that is goes to standard error, and a server may take
 * as long as it is heard of.
 */
export async function askReading<Q extends z.ZodType, A extends z.ZodType>(
  options: CommonOptions,
  path: string,
  params: URLSearchParams,
  schemas: { readonly query: Q; readonly answer: A },
  signal: AbortSignal,
  local: (query: z.output<Q>, reading: TreeOptions) => Promise<z.output<A>>,
): Promise<z.output<A>> {
  const query = parseQuery(schemas.query, params)
  const server = serverOf(options)
  const line = new ReadingLine(process.stderr)
  const onProgress = (progress: ReadingProgress) => line.show(progress)
  try {
    if (server === undefined) return await local(query, { signal, tally: new ReadingTally(onProgress) })
    const url = serverUrl(server, { path, params })
    const answer = await fetchReading<unknown>(url, { signal, onProgress }).catch((error: unknown) => {
      signal.throwIfAborted()
      if (!(error instanceof ProblemError)) throw error
      throw error.problem.status === 0 ? unreachable(url, error) : problemError(error.problem, url)
    })
    return checkAnswer(schemas.answer, answer, url)
  } finally {
    line.end()
  }
}
