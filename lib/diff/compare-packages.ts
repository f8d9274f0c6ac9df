import type { Package, PackageType } from '#lib/image/packages/package-database.ts'
import { architectureOf } from '#lib/oci/architecture-names.ts'
import { canonicalPlatform, type Platform } from '#lib/oci/platform.ts'
import { withoutArchitecture } from './architecture-words.ts'
import type { FoldReason } from './diff-side.ts'

/** A package that is not the same on both sides. Several versions of one name are joined by commas. */
export interface PackageChange {
  readonly type: PackageType
  /** As `to` writes it, else `from`; with its architecture where that is not the side's own: `libc6:i386`. */
  readonly name: string
  /** As `from` writes it, where that is another spelling. */
  readonly fromName?: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly from?: string
  readonly to?: string
  readonly folded?: FoldReason
}

/** The packages of one side, of all its databases. */
export interface PackageSide {
  readonly platform: Platform
  readonly packages: readonly (Package & { readonly type: PackageType })[]
}

/** What came of comparing two sets of packages. */
export interface PackageComparison {
  /** By type, then name. */
  readonly changes: readonly PackageChange[]
  readonly sameCount: number
}

/** A package with all versions of it that one side has. */
export interface HeldPackage {
  readonly type: PackageType
  readonly name: string
  readonly versions: Set<string>
}

/**
 * Pairs packages by manager, name and, where it is a foreign one, architecture, architectures' names taken out of the
 * names; compares versions as texts.
 */
export function comparePackages(from: PackageSide, to: PackageSide): PackageComparison {
  const [left, right] = [packagesByKey(from), packagesByKey(to)]
  const isAcross =
    canonicalPlatform(from.platform).architecture !== canonicalPlatform(to.platform).architecture
  const changes: PackageChange[] = []
  let sameCount = 0
  for (const key of [...new Set([...left.keys(), ...right.keys()])].sort()) {
    const [a, b] = [left.get(key), right.get(key)]
    const { type, name } = (b ?? a) as HeldPackage
    const [fromText, toText] = [a && versionsText(a), b && versionsText(b)]
    const fromName = a && b && a.name !== b.name ? { fromName: a.name } : {}
    if (fromText === toText && fromName.fromName === undefined) sameCount++
    else
      changes.push({
        type,
        name,
        ...fromName,
        ...sides(fromText, toText),
        ...fold(fromText, toText, isAcross),
      })
  }
  return { changes, sameCount }
}

/** `libc6:amd64`, as Debian writes what several architectures can have side by side; on its own, just `libc6`. */
const OWN_SUFFIX = /:\{arch\}$/

/**
 * Packages by manager and name, the architecture's names taken out: the same key is the same package. What is installed
 * for another architecture beside the own one (`libc6:i386` on amd64) is another package than its native namesake.
 */
export function packagesByKey({ platform, packages }: PackageSide): ReadonlyMap<string, HeldPackage> {
  const { architecture } = canonicalPlatform(platform)
  const foreign = foreignArchitecture(packages, architecture)
  const found = new Map<string, HeldPackage>()
  for (const each of packages) {
    const { type, version } = each
    const beside = foreign(each)
    const named = withoutArchitecture(each.name, architecture).replace(OWN_SUFFIX, '')
    const key = `${type} ${named}${beside === undefined ? '' : `:${architectureOf(beside)}`}`
    const name = beside === undefined ? each.name : `${each.name}:${beside}`
    const known = found.get(key) ?? { type, name, versions: new Set() }
    known.versions.add(version)
    found.set(key, known)
  }
  return found
}

/** Managers that install packages of several architectures side by side. */
const MULTIARCH: ReadonlySet<PackageType> = new Set(['dpkg', 'rpm'])

/**
 * Tells which packages are for another architecture than the rest, in their manager's own word for it. Where a database
 * has nothing of the platform's own, as on a wrong base, what it has most of counts as its own: that is told elsewhere.
 */
function foreignArchitecture(
  packages: PackageSide['packages'],
  platformArchitecture: string,
): (each: PackageSide['packages'][number]) => string | undefined {
  const counts = new Map<PackageType, Map<string, number>>()
  for (const { type, architecture = '' } of packages) {
    const means = MULTIARCH.has(type) ? architectureOf(architecture) : undefined
    if (means === undefined) continue
    const ofType = counts.get(type) ?? new Map<string, number>()
    counts.set(type, ofType.set(means, (ofType.get(means) ?? 0) + 1))
  }
  const own = new Map(
    [...counts].map(([type, ofType]) => {
      const most = [...ofType].reduce((one, other) => (other[1] > one[1] ? other : one))
      return [type, ofType.has(platformArchitecture) ? platformArchitecture : most[0]]
    }),
  )
  return ({ type, architecture = '' }) => {
    const means = own.has(type) ? architectureOf(architecture) : undefined
    return means === undefined || means === own.get(type) ? undefined : architecture
  }
}

/** `1.0`, or all of several. */
export function versionsText({ versions }: HeldPackage): string {
  return [...versions].sort().join(', ')
}

function sides(
  from: string | undefined,
  to: string | undefined,
): Pick<PackageChange, 'change' | 'from' | 'to'> {
  return {
    change: from === undefined ? 'added' : to === undefined ? 'removed' : 'changed',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** Debian rebuilds one architecture alone and marks it `+b1`: without that, what was built is left. */
export function sourceVersions(versions: string): string {
  return versions.replace(/\+b\d+(?=,|$)/g, '')
}

function fold(
  from: string | undefined,
  to: string | undefined,
  isAcross: boolean,
): Pick<PackageChange, 'folded'> {
  if (!isAcross || from === undefined || to === undefined) return {}
  if (from === to) return { folded: 'architecture-name' }
  return sourceVersions(from) === sourceVersions(to) ? { folded: 'rebuild' } : {}
}
