import type { PackageType } from '#lib/image/packages/package-database.ts'
import type { ImageConfig } from '#lib/oci/image-config.ts'
import type { Platform } from '#lib/oci/platform.ts'
import { CONFIG_FIELDS, type ConfigField, configEntries, configFold } from './compare-config.ts'
import { type PackageSide, packagesByKey, sourceVersions, versionsText } from './compare-packages.ts'

/** One platform of an index; what could not be read of it is absent. */
export interface MatrixSide {
  readonly platform: Platform
  readonly config?: ImageConfig
  readonly packages?: PackageSide['packages']
  /** All layers could be read: a package that is not among these is not there. */
  readonly isComplete: boolean
}

/** What a row of the matrix comes to. `expected`: it differs as another architecture or build must make it. */
export type MatrixState = 'differs' | 'expected' | 'same'

/** A setting or a package, over all platforms. */
export interface MatrixRow {
  readonly state: MatrixState
  /** In the order of the sides; null where the side does not have it, or nobody could look. */
  readonly values: readonly (string | null)[]
  /** Which agree: equal numbers do, 0 is the most frequent; null as in `values`. */
  readonly agreement: readonly (number | null)[]
}

/** A setting, over all platforms. */
export interface ConfigRow extends MatrixRow {
  readonly field: ConfigField
  readonly key?: string
}

/** A package, over all platforms. */
export interface PackageRow extends MatrixRow {
  readonly type: PackageType
  readonly name: string
}

const ORDER: readonly MatrixState[] = ['differs', 'expected', 'same']

/** Every setting of any side's config; what differs first, then as configs are written. */
export function configMatrix(sides: readonly MatrixSide[]): ConfigRow[] {
  const rows = new Map<string, { field: ConfigField; key?: string; values: (string | null)[] }>()
  sides.forEach(({ config }, at) => {
    for (const { field, key, value } of config ? configEntries(config) : []) {
      const id = `${field} ${key ?? ''}`
      const row = rows.get(id) ?? {
        field,
        ...(key === undefined ? {} : { key }),
        values: sides.map(() => null),
      }
      row.values[at] = value
      rows.set(id, row)
    }
  })
  const looked = sides.map(({ config }) => config !== undefined)
  return [...rows.values()]
    .map(({ values, ...name }): ConfigRow => {
      const first = values.findIndex((value) => value !== null)
      const isFolded = values.every((value, at) => {
        const [one, other] = [values[first], sides[at]]
        if (!looked[at] || (value === one && value !== null)) return true
        const change = { ...name, ...(one ? { from: one } : {}), ...(value === null ? {} : { to: value }) }
        return other !== undefined && configFold(change, sides[first] ?? other, other) !== undefined
      })
      return { ...name, ...judged(values, looked, isFolded) }
    })
    .sort(
      (a, b) =>
        byState(a, b) ||
        CONFIG_FIELDS.indexOf(a.field) - CONFIG_FIELDS.indexOf(b.field) ||
        (a.key ?? '').localeCompare(b.key ?? '', 'en'),
    )
}

/** Every package of any side, architectures' names taken out of its name; what differs first, then by name. */
export function packageMatrix(sides: readonly MatrixSide[]): PackageRow[] {
  const rows = new Map<string, { type: PackageType; name: string; values: (string | null)[] }>()
  sides.forEach(({ platform, packages = [] }, at) => {
    for (const [key, held] of packagesByKey({ platform, packages })) {
      const row = rows.get(key) ?? { type: held.type, name: held.name, values: sides.map(() => null) }
      row.values[at] = versionsText(held)
      rows.set(key, row)
    }
  })
  const looked = sides.map(({ isComplete, packages }) => isComplete && packages !== undefined)
  return [...rows.values()]
    .map(({ values, ...name }): PackageRow => {
      const built = new Set(values.map((value) => value && sourceVersions(value)))
      // Where nobody could look, nothing is missing.
      if (values.every((value, at) => value !== null || !looked[at])) built.delete(null)
      return { ...name, ...judged(values, looked, built.size === 1) }
    })
    .sort((a, b) => byState(a, b) || a.name.localeCompare(b.name, 'en') || a.type.localeCompare(b.type, 'en'))
}

function judged(
  values: readonly (string | null)[],
  looked: readonly boolean[],
  isFolded: boolean,
): Pick<MatrixRow, 'state' | 'values' | 'agreement'> {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  const hasHole = values.some((value, at) => value === null && looked[at])
  const state = counts.size === 1 && !hasHole ? 'same' : isFolded ? 'expected' : 'differs'
  const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value)
  const agreement = values.map((value) =>
    value === null ? null : state === 'differs' ? ranked.indexOf(value) : 0,
  )
  return { state, values, agreement }
}

function byState(a: MatrixRow, b: MatrixRow): number {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state)
}
