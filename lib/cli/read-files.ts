import { readFile, stat } from 'node:fs/promises'
import { AppError } from '#lib/errors/app-error.ts'
import { profileFiles } from '#lib/report/profile-files.ts'

/** What the contract takes of one file, in bytes of UTF-8 at most. */
const FILE_MAX_BYTES = 4 * 65_536

/**
 * Files of this machine for containers, stated as `SRC:DEST`; DEST is what follows the last colon. Throws `usage` for what
 * cannot be read, is no text, or may not lie where it shall; `option` is what stated them.
 */
export async function readFiles(
  stated: readonly string[],
  option = '--file',
): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const each of stated) {
    const colon = each.lastIndexOf(':')
    const [source, path] = [each.slice(0, colon), each.slice(colon + 1)]
    if (colon < 1 || path === '') throw new AppError('usage', `${option} ${each}: write SRC:DEST.`)
    if (path in files) throw new AppError('usage', `${option} ${each}: there is another file for ${path}.`)
    files[path] = await readText(source, option)
  }
  const parsed = profileFiles.safeParse(files)
  if (parsed.success) return parsed.data
  const [{ path, message } = { path: [], message: '' }] = parsed.error.issues
  throw new AppError('usage', `${option}: ${[...path.map(String), message].join(' ')}.`)
}

async function readText(file: string, option: string): Promise<string> {
  try {
    if ((await stat(file)).size > FILE_MAX_BYTES) throw new Error('it is too large')
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file))
  } catch (cause) {
    throw unreadable(option, file, cause)
  }
}

/** What to say of a file that an option names and that cannot be read. */
export function unreadable(option: string, file: string, cause: unknown): AppError {
  const { code = '', message } = cause as NodeJS.ErrnoException
  const why = cause instanceof TypeError ? 'it is no text' : (REASONS[code] ?? message)
  return new AppError('usage', `${option}: ${file} cannot be read: ${why}.`, { cause })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not',
}
