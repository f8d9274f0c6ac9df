/** Who manages a package. */
export type PackageType = 'dpkg' | 'apk' | 'rpm' | 'python' | 'npm' | 'go'

/** One package as its manager's database has it. */
export interface Package {
  readonly name: string
  /** In the manager's own notation; rpm's with its epoch: `1:2.3-4.el9`. */
  readonly version: string
  /** In the manager's own words: `ppc64el`, `noarch`; absent where it says none. */
  readonly architecture?: string
  /** The source package, where it has another name. */
  readonly source?: string
}

/** A file that says which packages are installed, and what it says. */
export interface PackageDatabase {
  /** From the root, without a leading slash. */
  readonly path: string
  readonly type: PackageType
  readonly packages: readonly Package[]
  /** What a Python wheel was built for (`Tag:`): `manylinux_2_17_ppc64le`, `any`; it stands beside the package. */
  readonly platformTags?: readonly string[]
  /** Why it could not be read, or not all of it. */
  readonly problem?: DatabaseProblem
}

/** What is wrong with a database; what of it could be read is shown all the same. */
export interface DatabaseProblem {
  readonly code: 'database_broken' | 'database_format' | 'database_too_large'
  /** A sentence about the file. */
  readonly message: string
}

/** Answers the header blobs of an rpm database in SQLite. Throws where it cannot be read. */
export type ReadSqlite = (database: Uint8Array) => readonly Uint8Array[]

/** What a parser makes of a database. */
export type DatabaseContent = Pick<PackageDatabase, 'packages' | 'platformTags' | 'problem'>

/** A problem of a database that is not what its path says. */
export function brokenDatabase(message: string): DatabaseProblem {
  return { code: 'database_broken', message }
}
