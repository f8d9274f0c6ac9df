import { AppError, toAppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'

type Reason = readonly [code: ErrorCode, text: string, hint?: string]

const IS_IT_RUNNING = 'Start Docker or Podman there, or name another engine in DOCKER_HOST or archway.yaml.'
const IS_ITS_NAME_RIGHT = 'Look at its name in DOCKER_HOST or archway.yaml.'
const IS_THE_WAY_OPEN = 'See whether its machine is up, and whether a firewall stands between.'
const LOST: Reason = ['engine_unavailable', 'broke the connection off', 'See whether the engine still runs.']
const SLOW: Reason = ['engine_timeout', 'did not answer in time', 'See whether the engine’s machine is busy.']

const REASONS: Readonly<Record<string, Reason>> = {
  ENOENT: ['engine_unavailable', 'is not there: no such socket', IS_IT_RUNNING],
  ENOTDIR: ['engine_unavailable', 'is not there: no such socket', IS_IT_RUNNING],
  ECONNREFUSED: ['engine_unavailable', 'refuses connections: no engine listens there', IS_IT_RUNNING],
  EACCES: [
    'engine_unavailable',
    'may not be opened by this user',
    'Add the user that runs Archway to the group of the socket (usually “docker”), or use a rootless engine.',
  ],
  EPERM: ['engine_unavailable', 'may not be opened by this user'],
  ENOTFOUND: ['engine_unavailable', 'has no address: the name is not known to DNS', IS_ITS_NAME_RIGHT],
  EAI_AGAIN: ['engine_unavailable', 'could not be looked up: DNS does not answer', IS_ITS_NAME_RIGHT],
  EHOSTUNREACH: ['engine_unavailable', 'is not reachable from here', IS_THE_WAY_OPEN],
  ENETUNREACH: ['engine_unavailable', 'is not reachable from here', IS_THE_WAY_OPEN],
  ECONNRESET: LOST,
  EPIPE: LOST,
  UND_ERR_SOCKET: LOST,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: LOST,
  UND_ERR_DESTROYED: ['cancelled', 'is no longer asked: Archway closed its connections'],
  UND_ERR_CLOSED: ['cancelled', 'is no longer asked: Archway closed its connections'],
  ETIMEDOUT: ['engine_unavailable', 'did not take the connection in time', IS_THE_WAY_OPEN],
  UND_ERR_CONNECT_TIMEOUT: ['engine_unavailable', 'did not take the connection in time', IS_THE_WAY_OPEN],
  UND_ERR_HEADERS_TIMEOUT: SLOW,
  UND_ERR_BODY_TIMEOUT: ['engine_timeout', 'stopped in the middle of its answer'],
  EPROTO: ['engine_protocol', 'does not speak TLS', 'Without TLS it is DOCKER_TLS_VERIFY unset.'],
}

const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_)/

/** The `AppError` of a call that brought no whole answer. `address` is the engine's, as people write it. */
export function connectionError(error: unknown, address: string, signal?: AbortSignal): AppError {
  if (error instanceof AppError) return error
  if (signal?.aborted) return abortError(signal)
  const code = codeOf(error)
  const [kind, text, hint] = reasonOf(code, error)
  return new AppError(kind, `The engine at ${address} ${text}.`, {
    cause: error,
    operatorDetail: `${address}: ${code || String(error)}`,
    ...(hint === undefined ? {} : { hint }),
  })
}

/** The error of an aborted signal: its own `AppError` where it carries one, else `cancelled`. */
export function abortError(signal: AbortSignal): AppError {
  const stated = toAppError(signal.reason)
  return stated.code === 'internal' ? new AppError('cancelled', 'The work was cancelled.') : stated
}

/** `engine_protocol`: the engine sent `what`, which no engine should. */
export function wrongAnswer(address: string, what: string, cause?: unknown): AppError {
  return new AppError('engine_protocol', `The engine at ${address} sent ${what}.`, {
    hint: 'Is it a Docker or Podman engine, 20.10 or later?',
    ...(cause === undefined ? {} : { cause }),
  })
}

function reasonOf(code: string, error: unknown): Reason {
  const reason = REASONS[code]
  if (reason !== undefined) return reason
  if (TLS_CODE.test(code)) {
    return [
      'engine_unavailable',
      `and Archway do not trust each other (${code})`,
      'Look at DOCKER_CERT_PATH, or at “tls” in archway.yaml.',
    ]
  }
  const isParser = error instanceof Error && error.name === 'HTTPParserError'
  // An end in the middle of a chunk: the parser calls it bad HTTP, without a byte of it and without a code.
  if (isParser && 'data' in error && error.data === '') return LOST
  if (isParser || code.startsWith('HPE_')) return ['engine_protocol', 'does not answer in HTTP']
  return ['engine_unavailable', 'could not be asked', IS_IT_RUNNING]
}

/** The innermost code: undici wraps what the socket failed with. */
function codeOf(error: unknown): string {
  const codes: string[] = []
  for (let link = error, depth = 0; link instanceof Error && depth < 10; link = link.cause, depth++) {
    if ('code' in link && typeof link.code === 'string') codes.push(link.code)
  }
  return codes.find((code) => code in REASONS) ?? codes[0] ?? ''
}
