import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { SingleFlight } from '../single-flight.ts'
import { BoundedMap } from './bounded-map.ts'
import { type Clock, SYSTEM_CLOCK } from './clock.ts'
import { askCredentialHelper, type HelperEnvironment } from './credential-helper.ts'
import { type DockerConfig, type HelperChoice, type Login, parseDockerConfig } from './docker-config.ts'

/** What Archway shows a registry. `source` says in words where it came from; `key` names it without telling it. */
export type Credential =
  | { readonly kind: 'anonymous'; readonly key: 'anonymous' }
  | (Login & { readonly key: string; readonly source: string })

/** Finds the login for a repository. */
export interface CredentialStore {
  /** Throws `credentials_unavailable` when there may be a login that cannot be read. */
  lookup(registry: string, path: string): Promise<Credential>
}

/** Where logins are read from. */
export interface DockerCredentialSettings {
  /** Docker's `config.json` (or Podman's `auth.json`). Need not exist. */
  readonly configFile: string
  /** Environment of the credential helpers; without PATH none is found. */
  readonly helperEnvironment: HelperEnvironment
  readonly clock?: Pick<Clock, 'now'> | undefined
}

/** The credential of who has none. */
export const ANONYMOUS: Credential = { kind: 'anonymous', key: 'anonymous' }

/** The file's time stamp is looked at this often at most: a look-up happens on every request to a private registry. */
const RECHECK_MS = 1_000
/** How long a helper's answer holds: helpers are slow, and some ask a person. */
const HELPER_ANSWER_MS = 60_000
const HELPER_FAILURE_MS = 5_000
const CONFIG_MAX_BYTES = 1 << 20

interface HelperAnswer {
  readonly login: Login | undefined
  readonly error: AppError | undefined
  readonly untilMs: number
}

/** Logins as `docker login` leaves them: helpers first, then the file. The file is read again when it changes. */
export function createDockerCredentialStore(settings: DockerCredentialSettings): CredentialStore {
  const clock = settings.clock ?? SYSTEM_CLOCK
  const answers = new BoundedMap<HelperAnswer>(1_000)
  const flights = new SingleFlight<HelperAnswer>()
  const config = createConfigReader(settings.configFile, clock)

  async function askHelper(choice: HelperChoice): Promise<Login | undefined> {
    const key = `${choice.name} ${choice.serverUrl}`
    let answer = answers.get(key)
    if (answer === undefined || answer.untilMs <= clock.now()) {
      answer = await flights.run(key, undefined, async () => {
        const fresh = await askCredentialHelper(choice, settings.helperEnvironment).then(
          (login) => ({ login, error: undefined, untilMs: clock.now() + HELPER_ANSWER_MS }),
          (error: unknown) => ({
            login: undefined,
            error: toAppError(error),
            untilMs: clock.now() + HELPER_FAILURE_MS,
          }),
        )
        answers.set(key, fresh)
        return fresh
      })
    }
    if (answer.error !== undefined) throw answer.error
    return answer.login
  }

  return {
    async lookup(registry, path) {
      const docker = await config()
      if (docker === undefined) return ANONYMOUS
      const helper = docker.helperFor(registry, path)
      const kept = helper === undefined ? undefined : await askHelper(helper)
      if (kept !== undefined && helper !== undefined) {
        return named(kept, registry, `the credential helper docker-credential-${helper.name}`)
      }
      const written = docker.loginFor(registry, path)
      return written === undefined ? ANONYMOUS : named(written, registry, 'Docker’s config.json')
    },
  }
}

/** Answers the parsed file, undefined while there is none. */
function createConfigReader(
  file: string,
  clock: Pick<Clock, 'now'>,
): () => Promise<DockerConfig | undefined> {
  const flights = new SingleFlight<void>()
  let state:
    | { config?: DockerConfig | undefined; error?: AppError; stamp: string; checkedMs: number }
    | undefined
  async function refresh(): Promise<void> {
    const checkedMs = clock.now()
    try {
      const { mtimeMs, size, ino } = await stat(file)
      const stamp = `${mtimeMs} ${size} ${ino}`
      if (state?.stamp === stamp) state = { ...state, checkedMs }
      else state = { config: parseDockerConfig(await readText(file, size)), stamp, checkedMs }
    } catch (error) {
      if (isMissing(error)) state = { stamp: '', checkedMs }
      else state = { error: readError(error), stamp: '', checkedMs }
    }
  }
  return async () => {
    if (state === undefined || clock.now() - state.checkedMs >= RECHECK_MS)
      await flights.run('', undefined, refresh)
    if (state?.error !== undefined) throw state.error
    return state?.config
  }
}

async function readText(file: string, sizeBytes: number): Promise<string> {
  if (sizeBytes > CONFIG_MAX_BYTES) {
    throw new AppError('credentials_unavailable', 'Docker’s config.json is larger than 1 MiB.')
  }
  return readFile(file, 'utf8')
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

function readError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
  return new AppError('credentials_unavailable', `Docker’s config.json cannot be read (${code}).`, {
    hint: 'Let the user that Archway runs as read it.',
    cause: error,
  })
}

function named(login: Login, registry: string, source: string): Credential {
  const secret = login.kind === 'basic' ? login.password : login.token
  const hash = createHash('sha256').update([registry, login.username, secret].join('\0')).digest('hex')
  return { ...login, key: hash.slice(0, 16), source }
}
