/** Where an engine listens. */
export type EngineAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | {
      readonly kind: 'tcp'
      readonly host: string
      readonly port: number
      /** Absent: plain HTTP, as `DOCKER_HOST=tcp://` without `DOCKER_TLS_VERIFY`. */
      readonly tls?: EngineTls | undefined
    }
  | SshAddress

/** An engine behind SSH, as `docker -H ssh://` reaches it. User and port may come from the user's SSH configuration. */
export interface SshAddress {
  readonly kind: 'ssh'
  readonly host: string
  readonly user?: string | undefined
  readonly port?: number | undefined
  /** Absolute path of a socket there; without it the one that `docker` uses there. */
  readonly path?: string | undefined
  /** Absolute path of an `ssh_config`; without it the user's own. */
  readonly configFile?: string | undefined
}

/** PEM texts for mutual TLS: Docker's `ca.pem`, `cert.pem` and `key.pem`. */
export interface EngineTls {
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

/** The address in Docker's own notation: `unix:///var/run/docker.sock`, `tcp://build.example:2376`, `ssh://me@build`. */
export function formatEngineAddress(address: EngineAddress): string {
  switch (address.kind) {
    case 'unix':
      return `unix://${address.path}`
    case 'tcp':
      return `tcp://${address.host}:${address.port}`
    case 'ssh':
      return formatSshAddress(address)
  }
}

function formatSshAddress({ user, host, port, path = '' }: SshAddress): string {
  return `ssh://${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}${path}`
}
