import { readApk } from './apk.ts'
import { readDpkg } from './dpkg.ts'
import { readNpm } from './npm.ts'
import type { DatabaseContent, PackageDatabase, PackageType, ReadSqlite } from './package-database.ts'
import { readPythonMetadata, readWheel } from './python.ts'
import { readRpm } from './rpm.ts'

/** Larger databases are named and not read; real ones have a few megabytes, rpm's some tens. */
export const DATABASE_LIMIT_BYTES = 64 << 20

const PATTERNS: readonly (readonly [PackageType, RegExp])[] = [
  ['dpkg', /(^|\/)var\/lib\/dpkg\/(status|status\.d\/[^/]+(?<!\.md5sums))$/],
  ['apk', /(^|\/)(usr\/)?lib\/apk\/db\/installed$/],
  ['rpm', /(^|\/)(var\/lib|usr\/share|usr\/lib\/sysimage)\/rpm\/(Packages|Packages\.db|rpmdb\.sqlite)$/],
  ['python', /\.(dist-info\/(METADATA|WHEEL)|egg-info\/PKG-INFO|egg-info)$/],
  ['npm', /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/],
]
/** The ends of all those paths: nearly every file is told apart by this alone. */
const MAYBE =
  /(\/status|\/status\.d\/[^/]+|\/installed|\/Packages(\.db)?|\.sqlite|\/METADATA|\/WHEEL|-INFO|-info|\/package\.json)$/

/** Which manager keeps its database at a path, if one does: by the path alone, below whatever root. */
export function databaseTypeOf(path: string): PackageType | undefined {
  if (!MAYBE.test(path)) return undefined
  return PATTERNS.find(([, pattern]) => pattern.test(path))?.[0]
}

/** Reads a database. Never throws: what is wrong with it is its `problem`. `bytes` is undefined for one too large. */
export function readDatabase(
  file: { readonly path: string; readonly type: PackageType; readonly bytes: Buffer | undefined },
  readSqlite: ReadSqlite | undefined,
): PackageDatabase {
  const { path, type, bytes } = file
  if (bytes === undefined) {
    const message = `It is larger than ${DATABASE_LIMIT_BYTES} bytes.`
    return { path, type, packages: [], problem: { code: 'database_too_large', message } }
  }
  return { path, type, ...parse(path, type, bytes, readSqlite) }
}

function parse(path: string, type: PackageType, bytes: Buffer, readSqlite?: ReadSqlite): DatabaseContent {
  switch (type) {
    case 'dpkg':
      return readDpkg(bytes)
    case 'apk':
      return readApk(bytes)
    case 'rpm':
      return readRpm(bytes, readSqlite)
    case 'python':
      return path.endsWith('/WHEEL') ? readWheel(bytes) : readPythonMetadata(bytes)
    case 'npm':
      return readNpm(bytes)
    case 'go':
      return { packages: [] }
  }
}
