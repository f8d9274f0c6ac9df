import type { Package, PackageType } from '#lib/image/packages/package-database.ts'
import { canonicalPlatform, type Platform } from '#lib/oci/platform.ts'
import { withoutArchitecture } from './architecture-words.ts'
import type { FoldReason } from './diff-side.ts'

/** A package that is not the same on both sides. Several versions of one name are joined by commas. */
export interface PackageChange {
  readonly type: PackageType
  /** As `to` writes it, else `from`. */
  readonly name: string
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

/** Pairs packages by manager and name, architectures' names taken out of both; compares versions as texts. */
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
    if (fromText === toText) sameCount++
    else changes.push({ type, name, ...sides(fromText, toText), ...fold(fromText, toText, isAcross) })
  }
  return { changes, sameCount }
}

/** `libc6:amd64`, as Debian writes what several architectures can have side by side; on its own, just `libc6`. */
const OWN_SUFFIX = /:\{arch\}$/

/** Packages by manager and name, the architecture's names taken out: the same key is the same package. */
export function packagesByKey({ platform, packages }: PackageSide): ReadonlyMap<string, HeldPackage> {
  const { architecture } = canonicalPlatform(platform)
  const found = new Map<string, HeldPackage>()
  for (const { type, name, version } of packages) {
    const key = `${type} ${withoutArchitecture(name, architecture).replace(OWN_SUFFIX, '')}`
    const known = found.get(key) ?? { type, name, versions: new Set() }
    known.versions.add(version)
    found.set(key, known)
  }
  return found
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
  return sourceVersions(from) === sourceVersions(to) ? { folded: 'rebuild' } : {}
}
