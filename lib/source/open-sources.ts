import path from 'node:path'
import type { RegistryRepository, Repository } from '#lib/oci/reference.ts'
import { BlobCache } from './cache/blob-cache.ts'
import { CachedSource } from './cache/cached-source.ts'
import type { ImageSource } from './image-source.ts'
import { LayoutSource } from './layout/layout-source.ts'
import { type Credential, createDockerCredentialStore } from './registry/credentials.ts'
import { createRegistryOpener } from './registry/registry-opener.ts'

/** Everything the sources are configured with, as plain values. */
export interface SourcesOptions {
  /** Only this machine's user is served: private and loopback registries may be asked. */
  readonly servesLoopbackOnly: boolean
  readonly allowHosts: readonly string[]
  /** `host[:port]` of registries that speak plain HTTP. */
  readonly insecureRegistries: readonly string[]
  /** PEM texts trusted in addition to the system's. */
  readonly caCertificates: readonly string[]
  readonly proxy: {
    readonly https: string | undefined
    readonly http: string | undefined
    readonly noProxy: string | undefined
  }
  /** Folder of Docker's `config.json`. */
  readonly dockerConfigDir: string
  /** Environment of the credential helpers. */
  readonly helperEnvironment: Readonly<Record<string, string | undefined>>
  readonly layoutRoots: readonly string[]
  /** What a relative `oci:PATH` is relative to. */
  readonly layoutBaseDir: string
  /** Undefined keeps the cache in memory. */
  readonly cacheDir: string | undefined
  readonly cacheMaxBytes: number
  readonly now: () => Date
}

/** The sources of a process: registries and layouts behind one cache. */
export interface Sources {
  open(this: void, repository: Repository): CachedSource
  /** The login that requests to a repository carry, for an engine that pulls by itself. */
  credentialFor(this: void, repository: RegistryRepository): Promise<Credential>
  close(): Promise<void>
}

/** Puts the adapters together. Opens no connection yet. */
export function openSources(options: SourcesOptions): Sources {
  const { now } = options
  const cache = new BlobCache({ dir: options.cacheDir, maxBytes: options.cacheMaxBytes, now })
  const { servesLoopbackOnly, allowHosts, caCertificates, proxy } = options
  const credentials = createDockerCredentialStore({
    configFile: path.join(options.dockerConfigDir, 'config.json'),
    helperEnvironment: options.helperEnvironment,
  })
  const registries = createRegistryOpener({
    addressPolicy: { servesLoopbackOnly, allowHosts },
    insecureHosts: options.insecureRegistries,
    caCertificates,
    proxy,
    userAgent: 'archway',
    credentials,
  })
  const layoutAccess = { roots: options.layoutRoots, baseDir: options.layoutBaseDir }

  function openUncached(repository: Repository): ImageSource {
    return repository.kind === 'layout'
      ? new LayoutSource(repository, layoutAccess)
      : registries.open(repository)
  }

  return {
    open: (repository) => new CachedSource(openUncached(repository), cache, now),
    credentialFor: ({ registry, path: name }) => credentials.lookup(registry, name),
    async close() {
      await registries.close()
      cache.close()
    },
  }
}
