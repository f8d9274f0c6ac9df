import { InvalidArgumentError } from 'commander'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import { parseOutputExpectation } from '#lib/report/output-expectation.ts'
import { DEFAULT_SERVICE_MS, type PlatformProfile, runProfile } from '#lib/report/run-profile.ts'
import { collectEnv, collectWords, secondsOf, wholeNumber } from './option-values.ts'
import { readFiles } from './read-files.ts'

/** What may be asked of all platforms by options, and of a single one by `--on`. */
export interface PlatformOptions {
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly file?: readonly string[]
  readonly expectOutput?: string
  readonly expectExitCode?: number
  /** Milliseconds. */
  readonly timeout?: number
  /** Milliseconds, or true for the default. */
  readonly service?: number | true
  readonly port?: number
  readonly path?: string
  readonly health?: boolean
  readonly network?: boolean
  readonly memory?: number
  readonly pids?: number
}

/** By canonical platform what `--on` says of it. */
export type OnPlatforms = Readonly<Record<string, PlatformOptions>>

type Settings = { [K in keyof PlatformOptions]-?: (text: string, before: PlatformOptions[K]) => unknown }

/** Limits that options and `--on` share. */
export const READ = {
  exitCode: wholeNumber(0, 255),
  port: wholeNumber(1, 65_535),
  memory: wholeNumber(6, 65_536),
  pids: wholeNumber(1, 32_768),
} as const

/** How each is read after `--on PLATFORM:`, where it wants a value. */
const SETTINGS: Omit<Settings, 'health' | 'network'> = {
  entrypoint: collectWords,
  command: collectWords,
  env: collectEnv,
  file: collectWords,
  expectOutput: (text) => text,
  expectExitCode: READ.exitCode,
  timeout: secondsOf,
  service: secondsOf,
  port: READ.port,
  path: (text) => text,
  memory: READ.memory,
  pids: READ.pids,
}

/** Those that are said without a value. */
const SWITCHES = new Map<string, PlatformOptions>([
  ['service', { service: true }],
  ['health', { health: true }],
  ['network', { network: true }],
  ['no-network', { network: false }],
])

const BY_NAME = new Map(Object.entries(SETTINGS).map(([key, read]) => [nameOf(key), { key, read }]))
const NAMES = [...BY_NAME.keys(), 'health', 'network', 'no-network'].toSorted()

/**
 * `--on linux/ppc64le:timeout=300`: one setting of one platform, named as the option that says it of all. What may be
 * repeated there may be here.
 */
export function collectOn(text: string, before: OnPlatforms = {}): OnPlatforms {
  const colon = text.indexOf(':')
  if (colon < 1) throw new InvalidArgumentError('Write PLATFORM:NAME=value, as in ppc64le:timeout=300.')
  const platform = readPlatform(text.slice(0, colon))
  const told = before[platform] ?? {}
  return { ...before, [platform]: { ...told, ...readSetting(text.slice(colon + 1), told) } }
}

function readSetting(text: string, told: PlatformOptions): PlatformOptions {
  const equals = text.indexOf('=')
  const switched = equals < 0 ? SWITCHES.get(text) : undefined
  if (switched) return switched
  const name = equals < 0 ? text : text.slice(0, equals)
  const setting = BY_NAME.get(name)
  if (setting === undefined) {
    if (SWITCHES.has(name)) throw new InvalidArgumentError(`“${name}” takes no value.`)
    throw new InvalidArgumentError(`There is no “${name}”, only ${NAMES.join(', ')}.`)
  }
  if (equals < 0) throw new InvalidArgumentError(`Write ${name}=value.`)
  const { key, read } = setting
  const before = told[key as keyof PlatformOptions]
  return { [key]: (read as (text: string, before: unknown) => unknown)(text.slice(equals + 1), before) }
}

function readPlatform(text: string): string {
  try {
    return platformText(parsePlatform(text))
  } catch {
    throw new InvalidArgumentError(`“${text.slice(0, 100)}” is not a platform: write os/architecture.`)
  }
}

/** `expectOutput` → `expect-output` */
function nameOf(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** What these options ask, with the files read. `of` is put before a fault. Throws `usage`. */
export async function platformProfile(options: PlatformOptions, of = '--'): Promise<PlatformProfile> {
  const { entrypoint, command = [], env, expectOutput, expectExitCode, timeout, network } = options
  const { memory, pids } = options
  const files = options.file === undefined ? undefined : await readFiles(options.file, `${of}file`)
  if (expectOutput !== undefined) refuseOutput(expectOutput, `${of}expect-output`)
  return {
    ...(entrypoint === undefined ? {} : { entrypoint: [...entrypoint] }),
    ...(command.length === 0 ? {} : { command: [...command] }),
    ...(expectOutput === undefined ? {} : { expectOutput }),
    ...(expectExitCode === undefined ? {} : { expectExitCode }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...serviceOf(options, of),
    ...(env === undefined ? {} : { env: { ...env } }),
    ...(files === undefined ? {} : { files }),
    ...(network === undefined ? {} : { network }),
    ...(memory === undefined && pids === undefined
      ? {}
      : {
          limits: {
            ...(memory === undefined ? {} : { memoryMiB: memory }),
            ...(pids === undefined ? {} : { pids }),
          },
        }),
  }
}

/** What `--on` asks, as the contract has it; undefined when it asks nothing. */
export async function onPlatforms(
  on: OnPlatforms = {},
): Promise<Record<string, PlatformProfile> | undefined> {
  const entries = await Promise.all(
    Object.entries(on).map(
      async ([platform, options]) => [platform, await platformProfile(options, `--on ${platform}:`)] as const,
    ),
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function refuseOutput(text: string, option: string): void {
  try {
    parseOutputExpectation(text)
  } catch (cause) {
    throw new AppError('usage', `${option}: ${(cause as Error).message}`, { cause })
  }
}

/** What makes it a service; nothing when it is to end. */
function serviceOf(
  { service, port, path, health }: PlatformOptions,
  of: string,
): Pick<PlatformProfile, 'service'> {
  const asked = {
    ...(service === undefined ? {} : { afterMs: service === true ? DEFAULT_SERVICE_MS : service }),
    ...(port === undefined ? {} : { port }),
    ...(path === undefined ? {} : { path }),
    ...(health ? { health } : {}),
  }
  if (Object.keys(asked).length === 0) return {}
  const parsed = runProfile.shape.service.safeParse(asked)
  if (parsed.success) return { service: parsed.data }
  const [
    {
      path: [field = 'service'],
      message,
    } = { path: [], message: '' },
  ] = parsed.error.issues
  throw new AppError('usage', `${of}${String(field)} ${message}.`)
}
