/** Which distribution a file system is. https://www.freedesktop.org/software/systemd/man/os-release.html */
export interface OsRelease {
  /** From the root, without a leading slash. */
  readonly path: string
  /** `debian`, `rhel`, `ubuntu`. */
  readonly id?: string
  /** What it says it is like: `rhel fedora`. */
  readonly idLike?: readonly string[]
  /** `22.04`, `9.4`. */
  readonly version?: string
}

/** A larger one is none. */
export const OS_RELEASE_LIMIT_BYTES = 64 << 10

/** Whether a path is where a distribution says what it is. */
export function isOsRelease(path: string): boolean {
  return path === 'etc/os-release' || path === 'usr/lib/os-release'
}

/** Reads the assignments that matter; anything else is passed over. */
export function readOsRelease(path: string, bytes: Buffer): OsRelease {
  const values = new Map(
    [...bytes.toString().matchAll(/^(ID|ID_LIKE|VERSION_ID)=["']?([\w. -]{1,200})["']?\s*$/gm)].map(
      ([, name, value = '']) => [name, value],
    ),
  )
  const [id, idLike, version] = [values.get('ID'), values.get('ID_LIKE'), values.get('VERSION_ID')]
  return {
    path,
    ...(id ? { id } : {}),
    ...(idLike ? { idLike: idLike.split(' ') } : {}),
    ...(version ? { version } : {}),
  }
}
