import { AppError } from '#lib/errors/app-error.ts'
import type { EngineAddress, EngineTls } from './engine-address.ts'

const PLAIN_PORT = 2375
const TLS_PORT = 2376

/** Hosts and users are words of a command line there and here: nothing that a shell or `ssh` takes for more. */
const SSH_HOST = /^(?:[A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])$/
const SSH_USER = /^[A-Za-z0-9_][A-Za-z0-9._+@-]*$/
const SSH_SOCKET = /^\/[A-Za-z0-9._/+@-]+$/

/** What an address does not say itself. */
export interface AddressExtras {
  /** With it, TCP is spoken within TLS. */
  readonly tls?: EngineTls | undefined
  /** For SSH in place of the user's own. */
  readonly sshConfigFile?: string | undefined
}

/**
 * Parses what `DOCKER_HOST` may say: `unix://PATH`, `tcp://HOST[:PORT]`, `ssh://[USER@]HOST[:PORT][/SOCKET]`.
 * Throws `engine_address_invalid`.
 */
export function parseEngineAddress(text: string, { tls, sshConfigFile }: AddressExtras = {}): EngineAddress {
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/.exec(text) ?? []
  switch (scheme) {
    case 'unix':
      if (!rest.startsWith('/')) throw invalid(text, 'its path must be absolute')
      return { kind: 'unix', path: rest }
    case 'tcp':
    case 'http':
    case 'https':
      return parseTcp(text, rest, scheme === 'https' ? (tls ?? {}) : tls)
    case 'ssh':
      return parseSsh(text, rest, sshConfigFile)
    case '':
      throw invalid(text, 'it names no scheme')
    default:
      throw invalid(text, `“${scheme}” is not a way Archway reaches engines`)
  }
}

function parseSsh(text: string, rest: string, configFile: string | undefined): EngineAddress {
  const [, user, host = '', digits, path] =
    /^(?:([^/]*)@)?(\[[^\]/]*\]|[^:/@]*)(?::(\d+))?(\/.*)?$/.exec(rest) ?? []
  if (user?.includes(':')) throw invalid(text, 'a password does not belong in it; use a key')
  if (!SSH_HOST.test(host)) throw invalid(text, 'it names no host')
  if (user !== undefined && !SSH_USER.test(user)) throw invalid(text, 'its user is no name')
  const port = digits === undefined ? undefined : Number(digits)
  if (port !== undefined && (port < 1 || port > 65_535)) throw invalid(text, 'its port is none')
  const socket = path === undefined || path === '/' ? undefined : path
  if (socket !== undefined && !SSH_SOCKET.test(socket)) throw invalid(text, 'its path is none of a socket')
  return {
    kind: 'ssh',
    host,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(socket === undefined ? {} : { path: socket }),
    ...(configFile === undefined ? {} : { configFile }),
  }
}

function parseTcp(text: string, rest: string, tls: EngineTls | undefined): EngineAddress {
  const url = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined
  if (url === undefined || url.hostname === '') throw invalid(text, 'it names no host')
  if (url.username !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') {
    throw invalid(text, 'it may hold host and port only')
  }
  // A port of 80 is the URL's default and so not in `port`.
  const statedPort = /:(\d+)\/?$/.exec(rest)?.[1]
  const port = statedPort === undefined ? (tls === undefined ? PLAIN_PORT : TLS_PORT) : Number(statedPort)
  return { kind: 'tcp', host: url.hostname, port, ...(tls === undefined ? {} : { tls }) }
}

function invalid(text: string, reason: string): AppError {
  return new AppError('engine_address_invalid', `“${clip(text)}” is not an engine’s address: ${reason}.`, {
    hint: 'Write unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host.',
  })
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
