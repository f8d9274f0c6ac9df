import { z } from 'zod'
import type { Policy } from '#lib/coverage/policy.ts'
import { policyFields, says } from '#lib/coverage/policy-schema.ts'
import { profileFields } from '#lib/coverage/profile-schema.ts'
import type { NamedProfile } from '#lib/coverage/profiles.ts'
import { parseEngineAddress } from '#lib/engine/parse-engine-address.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { YamlFault } from '#lib/yaml/read-yaml.ts'

/** An engine as `archway.yaml` states it. */
export interface StatedEngine {
  readonly name: string
  /** `unix:///var/run/docker.sock`, `tcp://build.example:2376`, `ssh://me@build.example`. */
  readonly address: string
  /** Paths of PEM files, as written. */
  readonly tls?: {
    readonly ca?: string | undefined
    readonly cert?: string | undefined
    readonly key?: string | undefined
  }
  /** Path of an `ssh_config`, as written; for `ssh://` in place of the user's own. */
  readonly sshConfig?: string | undefined
  /** Canonical texts of the platforms it may be given; without it every one that it can run. */
  readonly platforms?: readonly string[]
  readonly enabled: boolean
}

/** What `archway.yaml` can say. */
export interface ArchwayConfig {
  /** Without it engines are found by themselves. */
  readonly engines?: readonly StatedEngine[]
  /** Engines are found by themselves beside those that are stated. */
  readonly discover: boolean
  /** What images must satisfy. */
  readonly policy: Policy
  /** What runs of some repositories are asked. `tests` is a file’s name, as written. */
  readonly profiles: readonly NamedProfile[]
  readonly retention: Retention
  readonly badges: BadgeRules
}

/** What a badge may claim. */
export interface BadgeRules {
  /** A report that is older proves nothing any more. */
  readonly staleAfterDays: number
}

/** What counts where `archway.yaml` says nothing. */
export const DEFAULT_BADGE_RULES: BadgeRules = { staleAfterDays: 30 }

/** How long reports are kept; for ever where nothing is said. Shared ones are kept in any case. */
export interface Retention {
  readonly days?: number | undefined
  /** The newest of all repositories together. */
  readonly maxReports?: number | undefined
}

const MAX_ENGINES = 100
/** Engines that were found are named by their socket's path: a stated one must not look like that. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,63}$/

/** The whole file. Messages continue the place they are about. `canRead` tells of a file as it is written there. */
export function configSchema(canRead: (file: string) => boolean) {
  const readable = z
    .string()
    .min(1, 'must not be empty')
    .refine((file) => file === '' || canRead(file), 'names a file that cannot be read')
    .optional()
  const engine = z.strictObject({
    name: z
      .string()
      .regex(
        NAME,
        'must be 1 to 64 letters, digits, spaces, dots, dashes or underscores, and begin with a letter or digit',
      )
      .refine((name) => name !== 'DOCKER_HOST', 'must not be DOCKER_HOST, which names an engine already'),
    address: z.string().superRefine(says((text) => parseEngineAddress(text))),
    tls: z.strictObject({ ca: readable, cert: readable, key: readable }).optional(),
    sshConfig: readable,
    platforms: z
      .array(
        z
          .string()
          .superRefine(says(parsePlatform))
          .transform((text) => platformText(parsePlatform(text))),
      )
      .min(1, 'must name a platform, or be left out')
      .optional(),
    enabled: z.boolean().default(true),
  })
  return z.strictObject({
    engines: z.array(engine).max(MAX_ENGINES, `must not list more than ${MAX_ENGINES} engines`).optional(),
    discover: z.boolean().default(false),
    ...policyFields,
    ...profileFields,
    retention: z
      .strictObject({
        days: z.number().int().min(1, 'must be 1 or more').max(36_500, 'must be 36500 or less').optional(),
        maxReports: z
          .number()
          .int()
          .min(1, 'must be 1 or more')
          .max(1_000_000, 'must be 1000000 or less')
          .optional(),
      })
      .default({}),
    badges: z
      .strictObject({
        staleAfterDays: z
          .number()
          .int()
          .min(1, 'must be 1 or more')
          .max(36_500, 'must be 36500 or less')
          .default(DEFAULT_BADGE_RULES.staleAfterDays),
      })
      .default(DEFAULT_BADGE_RULES),
  })
}

const MEANINGLESS_TLS = {
  unix: 'has no meaning for a socket (unix://)',
  ssh: 'has no meaning within SSH (ssh://)',
} as const

/** What is wrong between values that may each be right; found whatever else is wrong. */
export function findContradictions(raw: unknown): readonly YamlFault[] {
  return [...engineFaults(field(raw, 'engines')), ...profileFaults(field(raw, 'profiles'))]
}

function engineFaults(engines: unknown): readonly YamlFault[] {
  if (!Array.isArray(engines)) return []
  const names = engines.map((engine) => field(engine, 'name'))
  return engines.flatMap((engine, at) => {
    const tls = field(engine, 'tls')
    const address = field(engine, 'address')
    const scheme = typeof address === 'string' ? address.replace(/:.*$/, '') : undefined
    const isHalf = (field(tls, 'cert') === undefined) !== (field(tls, 'key') === undefined)
    const name = names[at]
    return [
      ...(typeof name === 'string' && names.indexOf(name) < at
        ? [{ path: ['engines', at, 'name'], message: `is “${name.slice(0, 64)}” once more` }]
        : []),
      ...(tls !== undefined && (scheme === 'unix' || scheme === 'ssh')
        ? [{ path: ['engines', at, 'tls'], message: MEANINGLESS_TLS[scheme] }]
        : []),
      ...(field(engine, 'sshConfig') !== undefined && scheme !== undefined && scheme !== 'ssh'
        ? [{ path: ['engines', at, 'sshConfig'], message: 'has a meaning for ssh:// alone' }]
        : []),
      ...(isHalf ? [{ path: ['engines', at, 'tls'], message: 'must have “cert” and “key” together' }] : []),
    ]
  })
}

function profileFaults(profiles: unknown): readonly YamlFault[] {
  if (!Array.isArray(profiles)) return []
  const keys = profiles.map((each) => `${field(each, 'name')} ${field(each, 'repository')}`)
  return profiles.flatMap((each, at) => {
    const name = field(each, 'name')
    const path = ['profiles', at, 'name']
    if (name === 'none') return [{ path, message: 'must not be none, which stands for no profile' }]
    return typeof name === 'string' && keys.indexOf(keys[at] ?? '') < at
      ? [{ path, message: `is “${name.slice(0, 64)}” once more for the same repositories` }]
      : []
  })
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}
