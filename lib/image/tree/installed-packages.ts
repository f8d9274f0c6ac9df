import type { LayerFacts } from '../layer/layer-facts.ts'
import { parentOf } from '../layer/layer-path.ts'
import type { Package, PackageDatabase, PackageType } from '../packages/package-database.ts'
import type { MergedTree } from './merge-layers.ts'

/** A package that is installed in the merged file system, and who says so. */
export interface InstalledPackage extends Package {
  readonly type: PackageType
  /** The database, or the binary that was built of it. */
  readonly path: string
  readonly layer: number
}

/** A database that is still there once all layers are merged. */
export interface InstalledDatabase extends PackageDatabase {
  readonly layer: number
}

/** What is installed in a merged file system. */
export interface Installed {
  readonly packages: readonly InstalledPackage[]
  readonly databases: readonly InstalledDatabase[]
}

/**
 * The packages that the databases in the merged file system hold, and the Go modules in its binaries; sorted by type,
 * name and version. A database counts as the topmost layer has it; one that was taken away does not count.
 */
export function installedPackages(
  tree: MergedTree,
  layers: readonly (Pick<LayerFacts, 'databases'> | undefined)[],
): Installed {
  const databases = layers.flatMap((facts, layer) =>
    (facts?.databases ?? [])
      .filter(({ path }) => tree.entries.get(path)?.layer === layer)
      .map((database) => ({ ...database, layer })),
  )
  const wheels = new Map(
    databases.flatMap(({ path, platformTags }) => (platformTags ? [[parentOf(path), platformTags]] : [])),
  )
  const found = databases.flatMap(({ path, type, layer, packages }) =>
    packages.map((each): InstalledPackage => {
      const tags = type === 'python' ? wheels.get(parentOf(path)) : undefined
      return { ...each, ...(tags?.[0] ? { architecture: tags[0] } : {}), type, path, layer }
    }),
  )
  return {
    packages: [...found, ...goModules(tree)].sort(byName),
    databases: databases
      .filter(({ platformTags }) => platformTags === undefined)
      .sort((a, b) => compare(a.path, b.path)),
  }
}

function goModules(tree: MergedTree): InstalledPackage[] {
  return [...tree.entries.values()].flatMap(({ path, layer, program, hardLinkTo }) => {
    if (program?.kind !== 'elf' || hardLinkTo !== undefined) return []
    const { modules = [], settings = {} } = program.go ?? {}
    const architecture = settings.GOARCH
    return modules.map(
      (module): InstalledPackage => ({
        ...module,
        ...(architecture ? { architecture } : {}),
        type: 'go',
        path,
        layer,
      }),
    )
  })
}

function byName(a: InstalledPackage, b: InstalledPackage): number {
  return (
    compare(a.type, b.type) ||
    compare(a.name, b.name) ||
    compare(a.version, b.version) ||
    compare(a.path, b.path)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
