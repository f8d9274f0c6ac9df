import { onTestFinished } from 'vitest'
import type { ImageSource } from '../../image-source.ts'
import type { Credential, CredentialStore } from '../credentials.ts'
import { ANONYMOUS } from '../credentials.ts'
import { createRegistryOpener, type RegistrySettings } from '../registry-opener.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import { type FakeHandler, type FakeRegistry, startFakeRegistry } from './fake-registry.ts'

/** A fake registry and the source of its repository `org/app`, both gone when the test ends. */
export interface OpenedFake {
  readonly registry: FakeRegistry
  readonly source: ImageSource
  readonly clock: FakeClock
  /** The source of another repository of the same registry, through the same opener. */
  open(path: string): ImageSource
}

/** Serves `handler` and opens it. Without settings: anonymously, as on a user's own machine. */
export async function openFake(
  handler: FakeHandler,
  settings: Partial<RegistrySettings> = {},
): Promise<OpenedFake> {
  const registry = await startFakeRegistry(handler)
  const clock = createFakeClock()
  const opener = createRegistryOpener({
    addressPolicy: { servesLoopbackOnly: true, allowHosts: [] },
    insecureHosts: [],
    caCertificates: [],
    proxy: {},
    userAgent: 'archway-test',
    credentials: storeOf(ANONYMOUS),
    clock,
    ...settings,
  })
  onTestFinished(async () => {
    await opener.close()
    await registry.stop()
  })
  const open = (path: string) => opener.open({ kind: 'registry', registry: registry.host, path })
  return { registry, clock, source: open('org/app'), open }
}

/** A store that knows one credential for everything. */
export function storeOf(credential: Credential): CredentialStore {
  return { lookup: async () => credential }
}

/** The login of a user with a password. */
export function passwordOf(username: string, password: string): Credential {
  return { kind: 'basic', username, password, key: `key-of-${username}`, source: 'Docker’s config.json' }
}

/** The error that `work` ends with, and an error when it ends well. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new Error('it should have failed')
}

/** Everything an async iterable brings, until its end or its error. */
export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const page of pages) found.push(page)
  return found
}
