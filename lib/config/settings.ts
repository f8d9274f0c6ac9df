import path from 'node:path'
import type { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import { environmentSchema } from './environment-schema.ts'
import { type Place, thisPlace } from './place.ts'

const BYTES_PER_MEGABYTE = 1_048_576

/** Everything an operator can say, read once at the start. Paths are absolute. */
export interface Settings {
  /** `HOST`: the address to listen on. */
  readonly host: string
  /** `PORT`; 0 takes any free one. */
  readonly port: number
  /** `ARCHWAY_DATA`: what Archway keeps. */
  readonly dataDir: string
  /** What may be deleted at any time. */
  readonly cacheDir: string
  /** `ARCHWAY_CACHE_MB`: bound of what lies in `cacheDir`. */
  readonly cacheMaxBytes: number
  /** `ARCHWAY_JOBS`: platforms, of all runs together, that are worked on at the same time. */
  readonly jobsAtOnce: number
  /** `ARCHWAY_AUTH`: how people sign in; undefined until the operator says it. */
  readonly auth: 'none' | undefined
  /** `ARCHWAY_ALLOW_HOSTS`: names, addresses and CIDR ranges that may be asked although they are private. */
  readonly allowHosts: readonly string[]
  /** `ARCHWAY_INSECURE_REGISTRIES`: `host[:port]` of registries that speak plain HTTP. */
  readonly insecureRegistries: readonly string[]
  /** `ARCHWAY_CA_FILES`: PEM files of additional certificate authorities; each is readable. */
  readonly caFiles: readonly string[]
  /** `ARCHWAY_LAYOUT_ROOTS`: folders below which OCI layouts may be read; the bundled sample always is one. */
  readonly layoutRoots: readonly string[]
  /** `ARCHWAY_CONFIG`, else `archway.yaml` where Archway was started, else in `dataDir`; undefined when there is none. */
  readonly configFile: string | undefined
  /** `DOCKER_CONFIG`: the folder that holds Docker's `config.json`. */
  readonly dockerConfigDir: string
  readonly proxy: ProxySettings
}

/** `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in either case; the URLs may hold a password. */
export interface ProxySettings {
  readonly https: string | undefined
  readonly http: string | undefined
  readonly noProxy: string | undefined
}

/** The environment as `process.env` gives it. An empty value counts as unset. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings out of an environment. Throws one `settings_invalid` that lists everything wrong. */
export function parseSettings(environment: Environment, place: Place = thisPlace()): Settings {
  const said = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const parsed = environmentSchema(place).safeParse(said)
  if (!parsed.success) throw invalid(parsed.error)
  const env = parsed.data
  const absolute = (text: string) => path.resolve(place.cwd, text)
  const dataHome = env.XDG_DATA_HOME ?? path.join(place.home, '.local', 'share')
  const dataDir = absolute(env.ARCHWAY_DATA ?? path.join(dataHome, 'archway'))
  return {
    host: env.HOST,
    port: env.PORT,
    dataDir,
    cacheDir: path.join(dataDir, 'cache'),
    cacheMaxBytes: env.ARCHWAY_CACHE_MB * BYTES_PER_MEGABYTE,
    jobsAtOnce: env.ARCHWAY_JOBS,
    auth: env.ARCHWAY_AUTH,
    allowHosts: env.ARCHWAY_ALLOW_HOSTS,
    insecureRegistries: env.ARCHWAY_INSECURE_REGISTRIES,
    caFiles: env.ARCHWAY_CA_FILES.map(absolute),
    layoutRoots: [
      ...new Set([
        path.join(place.projectRoot, 'samples', 'multiarch-app'),
        ...env.ARCHWAY_LAYOUT_ROOTS.map(absolute),
      ]),
    ],
    configFile:
      env.ARCHWAY_CONFIG === undefined ? usualConfigFile(place, dataDir) : absolute(env.ARCHWAY_CONFIG),
    dockerConfigDir: absolute(env.DOCKER_CONFIG ?? path.join(place.home, '.docker')),
    proxy: {
      https: env.https_proxy ?? env.HTTPS_PROXY,
      http: env.http_proxy ?? env.HTTP_PROXY,
      noProxy: env.no_proxy ?? env.NO_PROXY,
    },
  }
}

/** One that is there and cannot be read is not passed over: reading it will say so. */
function usualConfigFile(place: Place, dataDir: string): string | undefined {
  return [place.cwd, dataDir].map((folder) => path.join(folder, 'archway.yaml')).find(place.exists)
}

function invalid(error: z.ZodError): AppError {
  const problems = error.issues.map((issue) => `${issue.path[0]?.toString() ?? ''} ${issue.message}`)
  return new AppError('settings_invalid', `The settings are not valid: ${problems.join('; ')}.`, {
    hint: 'Correct these environment variables, or unset them to get the defaults.',
  })
}
