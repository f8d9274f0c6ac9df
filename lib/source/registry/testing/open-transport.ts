import type dns from 'node:dns'
import { onTestFinished } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import {
  createTransport,
  type Transport,
  type TransportRequest,
  type TransportSettings,
} from '../transport.ts'
import { type FakeHandler, type FakeRegistry, startFakeRegistry } from './fake-registry.ts'

const limit = { maxBytes: 1 << 20, exceeded: () => new AppError('manifest_too_large', 'too large') }

/** A GET that reads 1 MiB at most. */
export function get(url: string, more: Partial<TransportRequest> = {}): TransportRequest {
  return { method: 'GET', url: new URL(url), limit, ...more }
}

/** A transport as on a user's own machine, closed when the test ends. */
export function openTransport(settings: Partial<TransportSettings> = {}): Transport {
  const made = createTransport({
    addressPolicy: { servesLoopbackOnly: true, allowHosts: [] },
    insecureHosts: [],
    caCertificates: [],
    proxy: {},
    userAgent: 'archway-test',
    ...settings,
  })
  onTestFinished(() => made.close())
  return made
}

/** A fake server, stopped when the test ends. */
export async function serve(
  handler: FakeHandler,
  tls?: { readonly key: string; readonly cert: string },
): Promise<FakeRegistry> {
  const started = await startFakeRegistry(handler, tls)
  onTestFinished(() => started.stop())
  return started
}

/** DNS that leads every name to loopback. */
export function resolveToLoopback(
  _name: string,
  _options: dns.LookupAllOptions,
  callback: (error: null, addresses: dns.LookupAddress[]) => void,
): void {
  callback(null, [{ address: '127.0.0.1', family: 4 }])
}
