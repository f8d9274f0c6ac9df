import { AppError } from '#lib/errors/app-error.ts'
import type { EngineAddress, EngineTls } from './engine-address.ts'

const PLAIN_PORT = 2375
const TLS_PORT = 2376

/**
 * Parses what `DOCKER_HOST` may say: `unix://PATH`, `tcp://HOST[:PORT]`. With `tls`, TCP is spoken within it.
 * Throws `engine_address_invalid`; for `ssh://` with a way to do without.
 */
export function parseEngineAddress(text: string, tls?: EngineTls): EngineAddress {
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
      throw new AppError(
        'engine_address_invalid',
        `Archway does not reach engines by SSH (“${clip(text)}”).`,
        {
          hint: `Forward the socket: ssh -NT -L /tmp/engine.sock:/var/run/docker.sock ${clip(rest)}, and use unix:///tmp/engine.sock.`,
        },
      )
    case '':
      throw invalid(text, 'it names no scheme')
    default:
      throw invalid(text, `“${scheme}” is not a way Archway reaches engines`)
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
    hint: 'Write unix:///var/run/docker.sock or tcp://host:2376.',
  })
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
