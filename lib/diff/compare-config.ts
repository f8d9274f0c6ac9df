import type { ImageConfig } from '#lib/oci/image-config.ts'
import { canonicalPlatform } from '#lib/oci/platform.ts'
import { withoutArchitecture } from './architecture-words.ts'
import type { DiffSide, FoldReason } from './diff-side.ts'

/** What a difference of configs is about. */
export const CONFIG_FIELDS = [
  'entrypoint',
  'cmd',
  'env',
  'user',
  'workingDir',
  'exposedPorts',
  'volumes',
  'labels',
  'stopSignal',
  'healthcheck',
  'created',
] as const
export type ConfigField = (typeof CONFIG_FIELDS)[number]

/** One difference of two configs; a side that is absent does not have it. */
export interface ConfigChange {
  readonly field: ConfigField
  /** The variable's, label's, port's or volume's name. */
  readonly key?: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly from?: string
  readonly to?: string
  readonly folded?: FoldReason
}

/** All differences of two configs, in the order of `CONFIG_FIELDS`, then by name. */
export function compareConfig(from: DiffSide, to: DiffSide): ConfigChange[] {
  const [a, b] = [from.config, to.config]
  const lists = (field: 'exposedPorts' | 'volumes') =>
    compareRecords(field, asRecord(a[field]), asRecord(b[field]))
  const changes = [
    ...compareText('entrypoint', commandText(a.entrypoint), commandText(b.entrypoint)),
    ...compareText('cmd', commandText(a.cmd), commandText(b.cmd)),
    ...compareRecords('env', envOf(a), envOf(b)),
    ...compareText('user', a.user, b.user),
    ...compareText('workingDir', a.workingDir, b.workingDir),
    ...lists('exposedPorts'),
    ...lists('volumes'),
    ...compareRecords('labels', new Map(Object.entries(a.labels)), new Map(Object.entries(b.labels))),
    ...compareText('stopSignal', a.stopSignal ?? '', b.stopSignal ?? ''),
    ...compareText('healthcheck', commandText(a.healthcheck ?? []), commandText(b.healthcheck ?? [])),
    ...compareText('created', a.created ?? '', b.created ?? ''),
  ]
  return changes.map((change) => withFold(change, from, to))
}

/** How many fields, variables, labels, ports and volumes the two have in common, value for value. */
export function countSameConfig(from: DiffSide, to: DiffSide): number {
  const all = (config: ImageConfig) => [
    ...CONFIG_FIELDS.filter((field) => !MAPS.has(field) && plainText(config, field) !== '').map(
      (field) => `${field}=${plainText(config, field)}`,
    ),
    ...[...envOf(config)].map(([name, value]) => `env.${name}=${value}`),
    ...Object.entries(config.labels).map(([name, value]) => `labels.${name}=${value}`),
    ...config.exposedPorts.map((port) => `port.${port}`),
    ...config.volumes.map((volume) => `volume.${volume}`),
  ]
  const there = new Set(all(to.config))
  return all(from.config).filter((entry) => there.has(entry)).length
}

/** One setting of a config. */
export interface ConfigEntry {
  readonly field: ConfigField
  /** The variable's, label's, port's or volume's name. */
  readonly key?: string
  readonly value: string
}

/** Everything a config says, in the order of `CONFIG_FIELDS`. */
export function configEntries(config: ImageConfig): ConfigEntry[] {
  const entries = (field: ConfigField, record: Iterable<readonly [string, string]>) =>
    [...record].map(([key, value]) => ({ field, key, value }))
  return CONFIG_FIELDS.flatMap((field): readonly ConfigEntry[] => {
    switch (field) {
      case 'env':
        return entries(field, envOf(config))
      case 'labels':
        return entries(field, Object.entries(config.labels))
      case 'exposedPorts':
      case 'volumes':
        return entries(field, asRecord(config[field]))
      default: {
        const value = plainText(config, field)
        return value === '' ? [] : [{ field, value }]
      }
    }
  })
}

const MAPS: ReadonlySet<ConfigField> = new Set(['env', 'labels', 'exposedPorts', 'volumes'])

function plainText(config: ImageConfig, field: ConfigField): string {
  const value = config[field]
  return Array.isArray(value) ? commandText(value) : typeof value === 'string' ? value : ''
}

/** A command as JSON, which tells `["a b"]` from `["a","b"]`; nothing is no text. */
function commandText(words: readonly string[]): string {
  return words.length === 0 ? '' : JSON.stringify(words)
}

function compareText(field: ConfigField, from: string, to: string): ConfigChange[] {
  if (from === to) return []
  return [toChange(field, undefined, from === '' ? undefined : from, to === '' ? undefined : to)]
}

function compareRecords(
  field: ConfigField,
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
): ConfigChange[] {
  const names = [...new Set([...from.keys(), ...to.keys()])].sort()
  return names
    .filter((name) => from.get(name) !== to.get(name))
    .map((name) => toChange(field, name, from.get(name), to.get(name)))
}

function toChange(
  field: ConfigField,
  key: string | undefined,
  from: string | undefined,
  to: string | undefined,
): ConfigChange {
  return {
    field,
    ...(key === undefined ? {} : { key }),
    change: from === undefined ? 'added' : to === undefined ? 'removed' : 'changed',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** `NAME=value`; a name alone is an empty value, and of a name twice the last one counts. */
function envOf({ env }: ImageConfig): Map<string, string> {
  return new Map(
    env.map((entry) => {
      const at = entry.indexOf('=')
      return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
    }),
  )
}

function asRecord(names: readonly string[]): Map<string, string> {
  return new Map(names.map((name) => [name, name]))
}

const CHECKSUM_NAME = /(^|[_.-])(sha(1|224|256|384|512)(sums?)?|md5|checksum|digest|integrity)([_.-]|$)/i
const TIME_NAME = /(^|[_.-])(created|build[-_]?(date|time)|date)$/i
/** Red Hat's build system writes these per build, so per architecture. */
const BUILD_NAME = /^(com\.redhat\.build-host|url|distribution-scope|.*build[-_]?(host|id|url|number))$/i
const TIME_VALUE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/

function withFold(change: ConfigChange, from: DiffSide, to: DiffSide): ConfigChange {
  const folded = configFold(change, from, to)
  return folded ? { ...change, folded } : change
}

/**
 * Why a difference of configs is expected. Only what both have can be the same thing under two names, and the same
 * architecture folds no names.
 */
export function configFold(
  change: Pick<ConfigChange, 'field' | 'key' | 'from' | 'to'>,
  from: Pick<DiffSide, 'platform'>,
  to: Pick<DiffSide, 'platform'>,
): FoldReason | undefined {
  if (change.field === 'created') return 'build-time'
  if (change.from === undefined || change.to === undefined) return undefined
  const architectures = [from, to].map((side) => canonicalPlatform(side.platform).architecture)
  const [fromArchitecture = '', toArchitecture = ''] = architectures
  if (change.field === 'labels' && TIME_NAME.test(change.key ?? '') && TIME_VALUE.test(change.from))
    return 'build-time'
  if (fromArchitecture === toArchitecture) return undefined
  if (withoutArchitecture(change.from, fromArchitecture) === withoutArchitecture(change.to, toArchitecture))
    return 'architecture-name'
  if (CHECKSUM_NAME.test(change.key ?? '')) return 'checksum'
  if (change.field === 'labels' && BUILD_NAME.test(change.key ?? '')) return 'build-id'
  return undefined
}
