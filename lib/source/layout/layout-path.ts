import { lstatSync, realpathSync } from 'node:fs'
import { lstat, realpath } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#lib/errors/app-error.ts'

/** Which folders layouts may be read from. */
export interface LayoutAccess {
  /** Folders whose content may be read, absolute or relative to `baseDir`. Empty: none. */
  readonly roots: readonly string[]
  /** What relative paths of references are relative to. */
  readonly baseDir: string
}

/**
 * The absolute path that `oci:PATH` names, if it lies in an allowed root by its text. Throws `layout_refused` without
 * having touched the path, so that the answer tells nothing of what is there.
 */
export function allowedLayoutPath(layoutPath: string, access: LayoutAccess): string {
  const absolute = path.resolve(access.baseDir, layoutPath)
  const roots = access.roots.map((root) => path.resolve(access.baseDir, root))
  if (![...roots, ...roots.flatMap(realRoot)].some((root) => isInside(absolute, root)))
    throw refused(layoutPath)
  return absolute
}

/**
 * The real path of something in an allowed root, symbolic links followed; undefined when nothing is there. Throws
 * `layout_refused` when it, or where it would be, leaves every root: whether something is there is not told.
 */
export async function realPathInRoots(
  absolute: string,
  layoutPath: string,
  access: LayoutAccess,
): Promise<string | undefined> {
  const roots = access.roots.flatMap((root) => realRoot(path.resolve(access.baseDir, root)))
  for (let probe = absolute; ; probe = path.dirname(probe)) {
    if (await existsItself(probe)) {
      const real = await realpath(probe).catch(() => undefined)
      if (real === undefined || !roots.some((root) => isInside(real, root))) throw refused(layoutPath)
      return probe === absolute ? real : undefined
    }
    if (probe === path.dirname(probe)) return undefined
  }
}

/** The refusal, the same whatever lies behind the path. */
export function refused(layoutPath: string): AppError {
  return new AppError(
    'layout_refused',
    `“oci:${layoutPath}” is not in a folder that layouts may be read from.`,
    {
      hint: 'The operator lists such folders in ARCHWAY_LAYOUT_ROOTS.',
    },
  )
}

function isInside(candidate: string, root: string): boolean {
  const relative = path.relative(root, candidate)
  return (
    relative === '' ||
    (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  )
}

function realRoot(root: string): string[] {
  try {
    lstatSync(root)
    return [realpathSync(root)]
  } catch {
    return []
  }
}

/** Whether `absolute` names an entry, a dangling link included. A path that cannot be asked about counts as one. */
async function existsItself(absolute: string): Promise<boolean> {
  try {
    await lstat(absolute)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code !== 'ENOENT' && code !== 'ENOTDIR'
  }
}
