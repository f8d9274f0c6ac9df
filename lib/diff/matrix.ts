import type { PackageType } from '#lib/image/packages/package-database.ts'
import type { ImageConfig } from '#lib/oci/image-config.ts'
import { canonicalPlatform, type Platform } from '#lib/oci/platform.ts'
import { CONFIG_FIELDS, type ConfigField, configEntries, configFold } from './compare-config.ts'
import { type PackageSide, packagesByKey, sourceVersions, versionsText } from './compare-packages.ts'
import { judgeRow, MATRIX_STATES, type MatrixRow } from './matrix-row.ts'

/** One platform of an index; what could not be read of it is absent. */
export interface MatrixSide {
  readonly platform: Platform
  readonly config?: ImageConfig
  readonly packages?: PackageSide['packages']
  /** All layers could be read: a package that is not among these is not there. */
  readonly isComplete: boolean
  /** Managers of whom a database could not be read, or not all of it. */
  readonly unreadTypes?: ReadonlySet<PackageType>
}

/** A setting, over all platforms. */
export interface ConfigRow extends MatrixRow {
  readonly field: ConfigField
  /** The variable's, label's, port's or volume's name. */
  readonly key?: string
}

/** A package, over all platforms. */
export interface PackageRow extends MatrixRow {
  readonly type: PackageType
  /** With `{arch}` where platforms spell the architecture's name in it. */
  readonly name: string
}

/** Every setting of any side's config; what differs first, then as configs are written. */
export function configMatrix(sides: readonly MatrixSide[]): ConfigRow[] {
  const found = new Map<string, { field: ConfigField; key?: string; values: (string | null)[] }>()
  sides.forEach(({ config }, at) => {
    for (const { field, key, value } of config ? configEntries(config) : []) {
      const id = `${field} ${key ?? ''}`
      const row = found.get(id) ?? { field, ...(key === undefined ? {} : { key }), values: nulls(sides) }
      row.values[at] = value
      found.set(id, row)
    }
  })
  const looked = sides.map(({ config }) => config !== undefined)
  return [...found.values()]
    .map(({ values, ...name }): ConfigRow => {
      const means = (a: number, b: number) => {
        const [from, to, one, other] = [sides[a], sides[b], values[a], values[b]]
        if (!from || !to || typeof one !== 'string' || typeof other !== 'string') return false
        return configFold({ ...name, from: one, to: other }, from, to) !== undefined
      }
      return { ...name, ...judgeRow({ values, looked, means, mayLack: name.field === 'created' }) }
    })
    .sort(
      (a, b) =>
        byState(a, b) ||
        CONFIG_FIELDS.indexOf(a.field) - CONFIG_FIELDS.indexOf(b.field) ||
        compare(a.key ?? '', b.key ?? ''),
    )
}

/** Every package of any side, architectures' names taken out of its name; what differs first, then by name. */
export function packageMatrix(sides: readonly MatrixSide[]): PackageRow[] {
  const found = new Map<string, { type: PackageType; names: Set<string>; values: (string | null)[] }>()
  sides.forEach(({ platform, packages = [] }, at) => {
    for (const [key, held] of packagesByKey({ platform, packages })) {
      const row = found.get(key) ?? { type: held.type, names: new Set(), values: nulls(sides) }
      row.values[at] = versionsText(held)
      row.names.add(held.name)
      found.set(key, row)
    }
  })
  const architectures = sides.map(({ platform }) => canonicalPlatform(platform).architecture)
  return [...found]
    .map(([key, { type, names, values }]): PackageRow => {
      const looked = sides.map(
        ({ isComplete, packages, unreadTypes }) =>
          isComplete && packages !== undefined && !unreadTypes?.has(type),
      )
      const means = (a: number, b: number) =>
        architectures[a] !== architectures[b] &&
        sourceVersions(values[a] ?? '') === sourceVersions(values[b] ?? '')
      const [first = '', ...others] = names
      const name = others.length === 0 ? first : key.slice(type.length + 1)
      return { type, name, ...judgeRow({ values, looked, means }) }
    })
    .sort((a, b) => byState(a, b) || compare(a.name, b.name) || compare(a.type, b.type))
}

function nulls(sides: readonly MatrixSide[]): null[] {
  return sides.map(() => null)
}

function byState(a: MatrixRow, b: MatrixRow): number {
  return MATRIX_STATES.indexOf(a.state) - MATRIX_STATES.indexOf(b.state)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
