import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'

/** What logs in: a user's name and password, or an identity token that a token server exchanges. */
export type Login =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly username: string; readonly token: string }

/** A credential helper to ask, and the server URL it knows the registry by. */
export interface HelperChoice {
  /** `docker-credential-NAME` without its prefix. */
  readonly name: string
  readonly serverUrl: string
}

/** Docker's `config.json`, as far as logins go. */
export interface DockerConfig {
  /** The helper that is asked first for this repository. */
  helperFor(registry: string, path: string): HelperChoice | undefined
  /** The login written into the file. Throws `credentials_unavailable` for one that cannot be read. */
  loginFor(registry: string, path: string): Login | undefined
}

/** What `docker login` without a host files Docker Hub's login under. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/'
const DOCKER_HUB_HOSTS = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
])

const text = z.string().nullish()
const entrySchema = z
  .object({ auth: text, username: text, password: text, identitytoken: text })
  .nullish()
  .catch(null)
const configSchema = z.object({
  auths: z.record(z.string(), entrySchema).nullish(),
  credsStore: text,
  credHelpers: z.record(z.string(), z.string()).nullish(),
})

type Entry = NonNullable<z.infer<typeof entrySchema>>

/**
 * Parses Docker's or Podman's configuration. Keys may be hosts, URLs, or hosts with a path, which then holds for the
 * repositories below it; the longest one wins. Throws `credentials_unavailable` for a file that is broken.
 */
export function parseDockerConfig(json: string): DockerConfig {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw broken('it is not JSON', cause)
  }
  const result = configSchema.safeParse(value)
  if (!result.success) throw broken(`${result.error.issues[0]?.path.join('.')} is not what it should be`)
  const { auths, credsStore, credHelpers } = result.data
  const logins = Object.entries(auths ?? {})
    .filter(([, entry]) => entry && Object.values(entry).some(Boolean))
    .map(([key, entry]) => ({ ...parseKey(key), value: entry as Entry }))
  const helpers = Object.entries(credHelpers ?? {}).map(([key, name]) => ({ ...parseKey(key), value: name }))
  return {
    helperFor(registry, path) {
      const name = bestMatch(helpers, registry, path)?.value || credsStore
      return name ? { name, serverUrl: serverUrlOf(registry) } : undefined
    },
    loginFor(registry, path) {
      const entry = bestMatch(logins, registry, path)?.value
      return entry === undefined ? undefined : decodeLogin(entry, registry)
    },
  }
}

interface Keyed<V> {
  readonly key: string
  readonly host: string
  /** Path of a namespace or repository; empty for the whole host. */
  readonly prefix: string
  readonly value: V
}

function parseKey(key: string): Omit<Keyed<unknown>, 'value'> {
  const [, scheme, rest = ''] = /^(https?:\/\/)?(.*)$/is.exec(key.trim()) ?? []
  const slash = rest.indexOf('/')
  const host = canonicalHost(slash < 0 ? rest : rest.slice(0, slash))
  const path = slash < 0 ? '' : rest.slice(slash + 1).replace(/\/+$/, '')
  // A path after a scheme, or `v1`, is an API's, not a namespace.
  const prefix = scheme !== undefined || /^v[12]$/.test(path) ? '' : path
  return { key, host, prefix }
}

function bestMatch<V>(entries: readonly Keyed<V>[], registry: string, path: string): Keyed<V> | undefined {
  const host = canonicalHost(registry)
  return entries
    .filter((entry) => entry.host === host)
    .filter(({ prefix }) => prefix === '' || path === prefix || path.startsWith(`${prefix}/`))
    .sort((a, b) => b.prefix.length - a.prefix.length || rank(b, registry) - rank(a, registry))[0]
}

/** Among keys of the same host, the one `docker login` writes comes first. */
function rank({ key }: { readonly key: string }, registry: string): number {
  return key === serverUrlOf(registry) ? 1 : 0
}

function canonicalHost(host: string): string {
  const lower = host.toLowerCase()
  return DOCKER_HUB_HOSTS.has(lower) ? 'docker.io' : lower
}

function serverUrlOf(registry: string): string {
  return canonicalHost(registry) === 'docker.io' ? DOCKER_HUB_KEY : registry
}

function decodeLogin(entry: Entry, registry: string): Login | undefined {
  let username = entry.username ?? ''
  let password = entry.password ?? ''
  if (entry.auth) {
    const decoded = decodeBase64(entry.auth)
    const colon = decoded?.indexOf(':') ?? -1
    if (decoded === undefined || colon < 0)
      throw broken(`the login of ${registry} is not base64 of user:password`)
    username = decoded.slice(0, colon)
    password = decoded.slice(colon + 1).replace(/\0+$/, '')
  }
  if (entry.identitytoken) return { kind: 'identity-token', username, token: entry.identitytoken }
  return username === '' && password === '' ? undefined : { kind: 'basic', username, password }
}

function decodeBase64(encoded: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded.trim())) return undefined
  return Buffer.from(encoded, 'base64').toString('utf8')
}

function broken(reason: string, cause?: unknown): AppError {
  // The cause of a JSON error quotes the text, which may be a password: it is left out.
  return new AppError('credentials_unavailable', `Docker’s config.json cannot be used: ${reason}.`, {
    hint: 'Repair the file, or `docker logout` and `docker login` again.',
    ...(cause instanceof Error ? { operatorDetail: cause.name } : {}),
  })
}
