import type { InstalledPackage } from '#lib/image/tree/installed-packages.ts'
import { withoutArchitecture } from './architecture-names.ts'
import type { FoldCounter } from './fold-counter.ts'
import type { DiffSide, PackageDifference } from './model.ts'

/** Debian rebuilds a package for one architecture without touching its source. */
const REBUILD = /\+b\d+$/

interface Versions {
  readonly type: InstalledPackage['type']
  readonly name: string
  readonly versions: Set<string>
}

/** Compares packages by manager and name; npm, Go and Python may have one in several versions. */
export function diffPackages(
  from: DiffSide,
  to: DiffSide,
  folds: FoldCounter,
): { readonly packages: readonly PackageDifference[]; readonly same: number } {
  const here = versionsOf(from, folds)
  const there = versionsOf(to, folds)
  const packages: PackageDifference[] = []
  let same = 0
  for (const key of new Set([...here.keys(), ...there.keys()])) {
    const [a, b] = [here.get(key), there.get(key)]
    const base = a ?? b
    if (!base) continue
    const [fromText, toText] = [textOf(a), textOf(b)]
    if (fromText === toText || isRebuild(a, b, folds)) same++
    else {
      packages.push({
        type: base.type,
        name: base.name,
        ...(fromText === undefined ? {} : { from: fromText }),
        ...(toText === undefined ? {} : { to: toText }),
      })
    }
  }
  return { packages: packages.sort(byName), same }
}

function versionsOf({ platform, packages }: DiffSide, folds: FoldCounter): Map<string, Versions> {
  const nameOf = folds.has('architecture-names') ? withoutArchitecture(platform) : (name: string) => name
  const found = new Map<string, Versions>()
  for (const { type, name, version } of packages) {
    const key = `${type} ${nameOf(name)}`
    const known = found.get(key) ?? { type, name, versions: new Set() }
    known.versions.add(version)
    found.set(key, known)
  }
  return found
}

function isRebuild(a: Versions | undefined, b: Versions | undefined, folds: FoldCounter): boolean {
  if (a?.type !== 'dpkg' || !b) return false
  const source = ({ versions }: Versions) =>
    [...versions]
      .map((version) => version.replace(REBUILD, ''))
      .sort()
      .join(', ')
  return source(a) === source(b) && folds.fold('binary-rebuilds')
}

function textOf(found: Versions | undefined): string | undefined {
  return found && [...found.versions].sort().join(', ')
}

function byName(a: PackageDifference, b: PackageDifference): number {
  const [left, right] = [`${a.type} ${a.name}`, `${b.type} ${b.name}`]
  return left < right ? -1 : left > right ? 1 : 0
}
