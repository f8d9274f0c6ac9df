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

/** PEM texts for mutual TLS: Docker's `ca.pem`, `cert.pem` and `key.pem`. */
export interface EngineTls {
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

/** The address in Docker's own notation: `unix:///var/run/docker.sock`, `tcp://build.example:2376`. */
export function formatEngineAddress(address: EngineAddress): string {
  return address.kind === 'unix' ? `unix://${address.path}` : `tcp://${address.host}:${address.port}`
}
