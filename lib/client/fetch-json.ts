import type { ProblemDto } from '#lib/api/parts.ts'
import { ProblemError } from './problem-error.ts'

/** Longer than the 30 s after which the server answers with what it has. */
const TIMEOUT_MS = 45_000

interface FetchJsonOptions {
  readonly signal?: AbortSignal | undefined
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  /** Where Archway is; a page leaves it out and asks its own origin. */
  readonly baseUrl?: string
  /** Instead of 45 s. */
  readonly timeoutMs?: number
}

/**
 * One call to Archway's API; the answer is trusted to have the contract's shape, which the server checks before it
 * sends. Gives up after 45 s where nothing else is said, retries nothing. Throws `ProblemError`; an abort by the caller is thrown as it is.
 */
export async function fetchJson<T>(path: string, options: FetchJsonOptions = {}): Promise<T> {
  const { signal, method = 'GET', body, baseUrl = '', timeoutMs = TIMEOUT_MS } = options
  const timeout = AbortSignal.timeout(timeoutMs)
  let response: Response
  try {
    response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ProblemError(timeout.aborted ? timedOut(timeoutMs) : UNREACHABLE, { cause })
  }
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer as T
  throw new ProblemError(isProblem(answer) ? answer : unintelligible(response.status))
}

const UNREACHABLE: ProblemDto = {
  type: 'urn:archway:problem:server_unreachable',
  title: 'Archway does not answer',
  status: 0,
  detail: 'The connection to the Archway server failed.',
  code: 'server_unreachable',
  hint: 'Check that the server is running and that you are online, then try again.',
}

function timedOut(timeoutMs: number): ProblemDto {
  return {
    type: 'urn:archway:problem:server_timeout',
    title: 'Archway did not answer in time',
    status: 0,
    detail: `There was no answer within ${timeoutMs / 1_000} seconds.`,
    code: 'server_timeout',
    hint: 'The registry may be slow; try again in a moment.',
  }
}

function unintelligible(status: number): ProblemDto {
  return {
    type: 'urn:archway:problem:answer_unintelligible',
    title: 'The answer makes no sense',
    status,
    detail: `Archway, or something in front of it, answered HTTP ${status} with something that is not JSON.`,
    code: 'answer_unintelligible',
    hint: 'If a proxy stands between, look at its log.',
  }
}

function isProblem(answer: unknown): answer is ProblemDto {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'code' in answer &&
    'detail' in answer &&
    'title' in answer
  )
}
