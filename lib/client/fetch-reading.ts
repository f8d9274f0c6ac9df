import type { ProblemDto } from '#lib/api/parts.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { eventLines } from './event-lines.ts'
import { ProblemError } from './problem-error.ts'

/** The server says every 15 s that it is still there; reading itself may take as long as it makes progress. */
const SILENCE_MAX_MS = 60_000

/** What whoever waits may tell. */
interface FetchReadingOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined
  /** A person asks once more: layers that failed lately are read again. */
  readonly isAgain?: boolean
}

/**
 * A call that may have to read layers, told how far that is. There is no limit while the server is heard of; leaving by
 * `signal` ends the reading there. Throws `ProblemError`; an abort by the caller is thrown as it is.
 */
export async function fetchReading<T>(
  url: string | URL,
  { signal, onProgress, isAgain = false }: FetchReadingOptions = {},
): Promise<T> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS)
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS)
  }
  try {
    const response = await fetch(url, {
      headers: {
        Accept: 'text/event-stream, application/json',
        ...(isAgain ? { 'Cache-Control': 'no-cache' } : {}),
      },
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    })
    heard()
    if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
      return await plainAnswer<T>(response)
    for await (const { event, data } of eventLines(response.body ?? new ReadableStream())) {
      heard()
      if (event === 'progress') onProgress?.(JSON.parse(data) as ReadingProgress)
      if (event === 'problem') throw new ProblemError(JSON.parse(data) as ProblemDto)
      if (event === 'answer') return JSON.parse(data) as T
    }
    throw new ProblemError(BROKEN)
  } catch (cause) {
    if (cause instanceof ProblemError || signal?.aborted) throw cause
    throw new ProblemError(silence.signal.aborted ? SILENT : BROKEN, { cause })
  } finally {
    clearTimeout(timer)
  }
}

/** A refusal, or an Archway that tells no progress yet. */
async function plainAnswer<T>(response: Response): Promise<T> {
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer as T
  const isProblem = typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer
  throw new ProblemError(isProblem ? (answer as ProblemDto) : { ...BROKEN, status: response.status })
}

const BROKEN: ProblemDto = {
  type: 'urn:archway:problem:server_unreachable',
  title: 'Archway does not answer',
  status: 0,
  detail: 'The connection to the Archway server failed, or ended before there was an answer.',
  code: 'server_unreachable',
  hint: 'Check that the server is running and that you are online, then try again: what was read is kept.',
}

const SILENT: ProblemDto = {
  ...BROKEN,
  type: 'urn:archway:problem:server_timeout',
  title: 'Archway fell silent',
  detail: `Nothing was heard of the server for ${SILENCE_MAX_MS / 1_000} seconds.`,
  code: 'server_timeout',
}
