import { openSources, type Sources } from '#lib/source/open-sources.ts'

/** Where the sources of a test find logins and layouts. */
export interface LabSourcesOptions {
  /** Folder of Docker's `config.json`; relative layouts are below it where nothing else is said. */
  readonly home: string
  readonly layoutRoots?: readonly string[]
  readonly layoutBaseDir?: string
}

const CACHE_BYTES = 64 << 20

/** Sources that have seen nothing yet, keep nothing on disk, and may ask every registry of this machine. */
export function openLabSources({ home, layoutRoots = [], layoutBaseDir = home }: LabSourcesOptions): Sources {
  return openSources({
    servesLoopbackOnly: true,
    allowHosts: [],
    insecureRegistries: [],
    caCertificates: [],
    proxy: { https: undefined, http: undefined, noProxy: undefined },
    dockerConfigDir: home,
    helperEnvironment: {},
    layoutRoots,
    layoutBaseDir,
    cacheDir: undefined,
    cacheMaxBytes: CACHE_BYTES,
    now: () => new Date(),
  })
}
