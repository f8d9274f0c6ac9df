import { AppError } from '#lib/errors/app-error.ts'
import type { Repository } from '#lib/oci/reference.ts'
import { BlobCache } from './cache/blob-cache.ts'
import { CachedSource } from './cache/cached-source.ts'
import type { ImageSource } from './image-source.ts'
import { LayoutSource } from './layout/layout-source.ts'

/** Everything the sources are configured with, as plain values. */
export interface SourcesOptions {
  /** Only this machine's user is served: private and loopback registries may be asked. */
  readonly servesLoopbackOnly: boolean
  readonly allowHosts: readonly string[]
  readonly insecureHosts: readonly string[]
  /** PEM texts trusted in addition to the system's. */
  readonly caCertificates: readonly string[]
  readonly proxy: {
    readonly https: string | undefined
    readonly http: string | undefined
    readonly noProxy: string | undefined
  }
  readonly dockerConfigDir: string
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
  close(): Promise<void>
}

/** Puts the adapters together. Opens no connection yet. */
export function openSources(options: SourcesOptions): Sources {
  const { now } = options
  const cache = new BlobCache({ dir: options.cacheDir, maxBytes: options.cacheMaxBytes, now })
  const layoutAccess = { roots: options.layoutRoots, baseDir: options.layoutBaseDir }

  function openUncached(repository: Repository): ImageSource {
    if (repository.kind === 'layout') return new LayoutSource(repository, layoutAccess)
    throw new AppError('internal', 'registry adapter is being built')
  }

  return {
    open: (repository) => new CachedSource(openUncached(repository), cache, now),
    async close() {
      cache.close()
    },
  }
}
