import { apiHost } from '#lib/oci/reference.ts'
import { hostnameOf, isLoopbackUrl } from './address-guard.ts'

/** Where plain http may be spoken, and the origins that follow from it. */
export interface PlainHttpRule {
  /** The origin of a registry's API, as its name is written in a reference (`docker.io`, `localhost:5000`). */
  originOf(registry: string): URL
  /** Whether this URL may be asked without TLS: loopback and hosts configured as insecure. */
  allows(url: URL): boolean
}

/**
 * https always; http for loopback hosts (unless their port is 443) and for `insecureHosts`, which are names or
 * addresses with or without a port.
 */
export function createPlainHttpRule(insecureHosts: readonly string[]): PlainHttpRule {
  const insecure = new Set(insecureHosts.map((host) => host.trim().toLowerCase()))
  const isInsecure = (url: URL) => {
    const host = hostnameOf(url)
    const shown = host.includes(':') ? `[${host}]` : host
    const port = url.port || (url.protocol === 'http:' ? '80' : '443')
    return insecure.has(host) || insecure.has(shown) || insecure.has(`${shown}:${port}`)
  }
  return {
    originOf(registry) {
      const host = apiHost(registry)
      const secure = new URL(`https://${host}`)
      const isPlain = (isLoopbackUrl(secure) && !host.endsWith(':443')) || isInsecure(secure)
      return isPlain ? new URL(`http://${host}`) : secure
    },
    allows: (url) => isLoopbackUrl(url) || isInsecure(url),
  }
}
