import ipaddr from 'ipaddr.js'
import { AppError } from '#lib/errors/app-error.ts'
import type { Settings } from './settings.ts'

/** Whether only this machine can reach what listens on `host`: 127.0.0.0/8, ::1 or `localhost`. */
export function isLoopbackHost(host: string): boolean {
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() === 'loopback'
  return host.toLowerCase() === 'localhost'
}

/**
 * Refuses to listen beyond this machine until the operator has said how people sign in. `none` is an answer, but
 * it must be said out loud. Throws `listen_refused`.
 */
export function assertMayListen(settings: Pick<Settings, 'host' | 'auth'>): void {
  if (isLoopbackHost(settings.host) || settings.auth !== undefined) return
  throw new AppError(
    'listen_refused',
    `HOST=${settings.host} lets others on the network use Archway, and ARCHWAY_AUTH does not say how they sign in.`,
    {
      hint: 'Unset HOST to serve this machine alone, or set ARCHWAY_AUTH=none to let everyone in who can reach it.',
    },
  )
}
