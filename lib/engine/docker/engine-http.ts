import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { Agent, type Dispatcher } from 'undici'
import { type EngineAddress, formatEngineAddress } from '../engine-address.ts'
import { connectionError, wrongAnswer } from './connection-error.ts'
import { ENGINE_LIMITS, ENGINE_TIMES } from './limits.ts'
import { quoteWords } from './quote-words.ts'
import { sshConnector } from './ssh-connector.ts'

/** One call of the Engine API. */
export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Names in it are encoded by the caller. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly json?: unknown
  /** A tar archive to send. */
  readonly archive?: AsyncIterable<Uint8Array> | undefined
  /** Until the headers of the answer. */
  readonly headersMs: number
  /** Silence within the answer; 0 waits for ever. */
  readonly idleMs: number
  readonly signal?: AbortSignal | undefined
}

/** An answer whose body is still to be read; whoever takes it reads or destroys it. */
export interface EngineResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Readable
}

/** An answer read whole. */
export interface EngineAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Parsed where it is JSON, else undefined. */
  readonly json: unknown
  /** The engine's words for a failure, capped; empty when the status is good. */
  readonly message: string
}

/** HTTP to one engine. Any status is an answer. */
export interface EngineHttp {
  readonly address: string
  /** Throws `engine_unavailable`, `engine_timeout`, `engine_protocol`, `cancelled`. */
  open(request: EngineRequest): Promise<EngineResponse>
  /** `open`, and the body read within the limits. */
  ask(request: EngineRequest): Promise<EngineAnswer>
  /** Drops all connections; calls in flight fail. */
  close(): Promise<void>
}

/** Connects to nothing yet. Paths are sent as they are given. */
export function createEngineHttp(address: EngineAddress): EngineHttp {
  const origin =
    address.kind === 'tcp'
      ? `${address.tls ? 'https' : 'http'}://${address.host}:${address.port}`
      : 'http://localhost'
  const name = formatEngineAddress(address)
  // A connection for each call (pipelining 0): an engine that shuts down still answers on those it has, and would tell
  // of containers that it killed itself as if they had ended by themselves. On a new one nobody answers.
  const agent = new Agent({ pipelining: 0, allowH2: false, connect: connectOptions(address) })

  async function open(request: EngineRequest): Promise<EngineResponse> {
    try {
      const { statusCode, headers, body } = await agent.request({ origin, ...dispatchOptions(request) })
      return { status: statusCode, headers, body }
    } catch (error) {
      throw connectionError(error, name, request.signal)
    }
  }

  return {
    address: name,
    open,
    ask: async (request) => readAnswer(await open(request), request, name),
    close: () => agent.destroy(),
  }
}

function connectOptions(address: EngineAddress) {
  const timeout = ENGINE_TIMES.connectMs
  if (address.kind === 'ssh') return sshConnector(address)
  if (address.kind === 'unix') return { timeout, socketPath: address.path }
  const { ca, cert, key } = address.tls ?? {}
  return { timeout, ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}

function dispatchOptions(request: EngineRequest): Omit<Dispatcher.RequestOptions, 'origin'> {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) query.set(key, value)
  const contentType = request.archive ? 'application/x-tar' : 'application/json'
  const hasBody = request.archive !== undefined || request.json !== undefined
  return {
    method: request.method,
    path: query.size > 0 ? `${request.path}?${query}` : request.path,
    headers: { ...request.headers, ...(hasBody && { 'content-type': contentType }) },
    body: bodyOf(request),
    headersTimeout: request.headersMs,
    bodyTimeout: request.idleMs,
    signal: request.signal ?? null,
  }
}

function bodyOf({ archive, json }: EngineRequest): Readable | string | null {
  if (archive !== undefined) return Readable.from(archive, { objectMode: false })
  return json === undefined ? null : JSON.stringify(json)
}

/** The rest of an opened answer, within the limits. `name` is the engine's address as people write it. */
export async function readAnswer(
  response: EngineResponse,
  request: EngineRequest,
  name: string,
): Promise<EngineAnswer> {
  const isGood = response.status < 300
  const text = await readText(response.body, isGood, request, name)
  const json = parseJson(text)
  const message = isGood ? '' : errorText(json, text)
  return { status: response.status, headers: response.headers, json, message }
}

async function readText(body: Readable, isGood: boolean, request: EngineRequest, name: string) {
  const maxBytes = isGood ? ENGINE_LIMITS.answerBytes : ENGINE_LIMITS.errorBytes
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.byteLength
      if (sizeBytes > maxBytes) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw connectionError(error, name, request.signal)
  }
  if (isGood && sizeBytes > maxBytes)
    throw wrongAnswer(name, `more than ${maxBytes} bytes to ${request.path}`)
  return Buffer.concat(chunks).toString()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Docker says `{"message"}`, Podman adds `cause`, proxies say HTML. */
function errorText(json: unknown, text: string): string {
  const stated = typeof json === 'object' && json !== null && 'message' in json ? json.message : undefined
  const words = typeof stated === 'string' ? stated : text
  return quoteWords(words)
}
