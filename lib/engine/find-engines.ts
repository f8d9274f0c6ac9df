import path from 'node:path'
import { AppError } from '#lib/errors/app-error.ts'
import type { EngineAddress, EngineTls } from './engine-address.ts'
import { parseEngineAddress } from './parse-engine-address.ts'

/** What finding needs to know of this machine; nothing is read otherwise. */
export interface EngineSurroundings {
  /** `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The user's home folder. */
  readonly home: string
  /** The real path of a socket, links followed; undefined when there is no socket. */
  resolveSocket(path: string): string | undefined
  /** A PEM file's text. Throws when it cannot be read. */
  readTextFile(path: string): string
}

/** An engine that may be there: that a socket exists says nothing about who listens. */
export interface FoundEngine {
  /** `DOCKER_HOST`, or the socket's path: where it was found. */
  readonly foundBy: string
  readonly address: EngineAddress
}

/**
 * The engines of this machine: the one `DOCKER_HOST` names, and no other; else the usual sockets of Docker and Podman
 * that exist, each once. Throws `engine_address_invalid` for a `DOCKER_HOST` that cannot be used.
 */
export function findEngines(surroundings: EngineSurroundings): readonly FoundEngine[] {
  const stated = surroundings.environment.DOCKER_HOST?.trim()
  if (stated) {
    // Docker ignores its TLS variables where no TCP is spoken.
    const tls = stated.startsWith('ssh:') ? undefined : statedTls(surroundings)
    return [{ foundBy: 'DOCKER_HOST', address: parseEngineAddress(stated, { tls }) }]
  }
  const found = new Map<string, FoundEngine>()
  for (const socket of usualSockets(surroundings)) {
    const real = surroundings.resolveSocket(socket)
    if (real === undefined || found.has(real)) continue
    found.set(real, { foundBy: socket, address: { kind: 'unix', path: socket } })
  }
  return [...found.values()]
}

function usualSockets({ environment, home }: EngineSurroundings): readonly string[] {
  const runtime = environment.XDG_RUNTIME_DIR?.trim()
  const ofUser = (name: string) => (runtime ? [path.join(runtime, name)] : [])
  return [
    '/var/run/docker.sock',
    ...ofUser('docker.sock'),
    path.join(home, '.docker/run/docker.sock'),
    path.join(home, '.docker/desktop/docker.sock'),
    path.join(home, '.colima/default/docker.sock'),
    path.join(home, '.rd/docker.sock'),
    '/run/podman/podman.sock',
    ...ofUser('podman/podman.sock'),
  ]
}

/**
 * Docker's own rule: a certificate folder, or `DOCKER_TLS_VERIFY` with the default one, means TLS. The server's
 * certificate is checked always. https://docs.docker.com/engine/security/protect-access/
 */
function statedTls({ environment, home, readTextFile }: EngineSurroundings): EngineTls | undefined {
  const stated = environment.DOCKER_CERT_PATH?.trim()
  if (!stated && !environment.DOCKER_TLS_VERIFY?.trim()) return undefined
  const folder = stated || path.join(home, '.docker')
  const read = (name: string) => {
    const file = path.join(folder, name)
    try {
      return readTextFile(file)
    } catch (error) {
      throw new AppError('engine_address_invalid', `DOCKER_HOST wants TLS, and ${file} cannot be read.`, {
        hint: 'DOCKER_CERT_PATH is a folder with ca.pem, cert.pem and key.pem.',
        cause: error,
      })
    }
  }
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
}
