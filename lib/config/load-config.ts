import { readFileSync } from 'node:fs'
import path from 'node:path'
import { NO_POLICY, type Policy } from '#lib/coverage/policy.ts'
import type { NamedProfile } from '#lib/coverage/profiles.ts'
import type { EngineAddress, EngineTls } from '#lib/engine/engine-address.ts'
import { parseEngineAddress } from '#lib/engine/parse-engine-address.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parseStructureTests } from '#lib/structure/parse-structure-tests.ts'
import { type BadgeRules, DEFAULT_BADGE_RULES, type Retention, type StatedEngine } from './archway-config.ts'
import { parseConfig } from './parse-config.ts'

/** An engine that `archway.yaml` names and does not switch off. */
export interface ConfiguredEngine {
  readonly name: string
  readonly address: EngineAddress
  /** Canonical texts; without it every platform that it can run. */
  readonly platforms?: readonly string[]
}

/** What `archway.yaml` decides about engines, its files read. */
export interface EngineChoice {
  /** Absolute path of the file; undefined when there is none. */
  readonly file: string | undefined
  /** Undefined: nothing is said, and engines are found by themselves. */
  readonly engines: readonly ConfiguredEngine[] | undefined
  /** Engines are found by themselves, beside those that are named. */
  readonly discover: boolean
}

/** All that `archway.yaml` decides. */
export interface LoadedConfig extends EngineChoice {
  readonly policy: Policy
  /** With the texts of the test files they name. */
  readonly profiles: readonly NamedProfile[]
  readonly retention: Retention
  readonly badges: BadgeRules
}

type ReadText = (file: string) => string

/**
 * Reads `archway.yaml` and the certificates it names, whose paths are relative to it. Throws one `settings_invalid`
 * with every fault, as `file:line:column`.
 */
export function loadConfig(
  file: string | undefined,
  readText: ReadText = (name) => readFileSync(name, 'utf8'),
): LoadedConfig {
  if (file === undefined)
    return {
      file,
      engines: undefined,
      discover: true,
      policy: NO_POLICY,
      profiles: [],
      retention: {},
      badges: DEFAULT_BADGE_RULES,
    }
  let text: string
  try {
    text = readText(file)
  } catch (cause) {
    throw new AppError('settings_invalid', `${file} cannot be read.`, {
      hint: 'Make it readable for this user, or point ARCHWAY_CONFIG to another file.',
      cause,
    })
  }
  const folder = path.dirname(file)
  const config = parseConfig(text, file, (name) => canRead(path.resolve(folder, name), readText))
  return {
    file,
    engines: config.engines
      ?.filter(({ enabled }) => enabled)
      .map((stated) => configured(stated, folder, readText)),
    discover: config.engines === undefined || config.discover,
    policy: config.policy,
    profiles: config.profiles.map((each) => withTests(each, file, folder, readText)),
    retention: config.retention,
    badges: config.badges,
  }
}

/** A test file is read and understood when the server starts: a mistake in it is told then, not at two in the morning. */
function withTests(named: NamedProfile, config: string, folder: string, readText: ReadText): NamedProfile {
  const { tests } = named.profile
  if (tests === undefined) return named
  const file = path.resolve(folder, tests)
  let text: string
  try {
    text = readText(file)
  } catch (cause) {
    throw new AppError('settings_invalid', `${file} cannot be read.`, {
      hint: `It is the “tests” of the profile “${named.name}” in ${config}.`,
      cause,
    })
  }
  parseStructureTests(text, file, 'settings_invalid')
  return { ...named, profile: { ...named.profile, tests: text } }
}

function configured(stated: StatedEngine, folder: string, readText: ReadText): ConfiguredEngine {
  const { name, address, platforms, sshConfig } = stated
  const sshConfigFile = sshConfig && path.resolve(folder, sshConfig)
  return {
    name,
    address: parseEngineAddress(address, { tls: readTls(stated, folder, readText), sshConfigFile }),
    ...(platforms ? { platforms } : {}),
  }
}

function readTls({ tls }: StatedEngine, folder: string, readText: ReadText): EngineTls | undefined {
  if (tls === undefined) return undefined
  const read = (name: string | undefined) => name && readText(path.resolve(folder, name))
  return { ca: read(tls.ca), cert: read(tls.cert), key: read(tls.key) }
}

function canRead(file: string, readText: ReadText): boolean {
  try {
    readText(file)
    return true
  } catch {
    return false
  }
}
