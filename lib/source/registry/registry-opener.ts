import type { RegistryRepository } from '#lib/oci/reference.ts'
import type { ImageSource } from '../image-source.ts'
import { createAuthenticator } from './auth.ts'
import { BoundedMap } from './bounded-map.ts'
import { type Clock, SYSTEM_CLOCK } from './clock.ts'
import type { CredentialStore } from './credentials.ts'
import { createHostStates } from './host-state.ts'
import { createRegistryClient } from './registry-client.ts'
import { createRegistrySource } from './registry-source.ts'
import { createTransport, type TransportSettings } from './transport.ts'
import { Warnings } from './warnings.ts'

/** Everything the registry adapter is told; it reads no environment and no settings of its own. */
export interface RegistrySettings extends TransportSettings {
  readonly credentials: CredentialStore
  /** Time and chance, for tests. */
  readonly clock?: Clock | undefined
}

/** Opens repositories of registries; connections, tokens, quotas and limits are shared among them. */
export interface RegistryOpener {
  /** Asks nothing yet. Throws `address_refused` where the host's name or address alone tells that it may not be asked. */
  open(repository: RegistryRepository): ImageSource
  /** Drops all connections; what is in flight fails with `cancelled`. */
  close(): Promise<void>
}

const REMEMBERED_WARNINGS = 500

/** Makes an opener: one for a process. Throws `settings_invalid` for settings that cannot be read. */
export function createRegistryOpener(settings: RegistrySettings): RegistryOpener {
  const clock = settings.clock ?? SYSTEM_CLOCK
  const { credentials } = settings
  const transport = createTransport(settings)
  const authenticator = createAuthenticator({ transport, clock, credentials })
  const hostState = createHostStates()
  const warningsOf = new BoundedMap<Warnings>(REMEMBERED_WARNINGS)
  return {
    open(repository) {
      const { registry, path } = repository
      const warnings = warningsOf.getOrMake(`${registry}/${path}`, () => new Warnings())
      const origin = transport.plainHttp.originOf(registry)
      const host = hostState(registry)
      const client = createRegistryClient({
        ...{ repository, origin, host, transport, authenticator, warnings, clock },
      })
      return createRegistrySource({ client, credentials, warnings })
    },
    close: () => transport.close(),
  }
}
