import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { FileContentTest, FileExistenceTest } from './structure-tests.ts'
import { Complaints, type FindPattern, type TestResult } from './test-result.ts'

const EXECUTE = { owner: 0o100, group: 0o010, other: 0o001, any: 0o111 } as const
const KINDS: Readonly<Record<TreeEntry['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  'character-device': 'c',
  'block-device': 'b',
  fifo: 'p',
}

/** Judges what lies at a path; `entry` is undefined where nothing does. A link itself is judged, as `ls -l` shows it. */
export function judgeExistence(test: FileExistenceTest, entry: TreeEntry | undefined): TestResult {
  const told = new Complaints()
  const { name, path, shouldExist, permissions, uid, gid, isExecutableBy } = test
  if (entry === undefined) {
    if (shouldExist) told.wrong.push(`${path} is not in the image.`)
    return told.result(name, 'file-existence')
  }
  if (!shouldExist) told.wrong.push(`${path} is in the image, and must not be.`)
  const actual = permissionsText(entry)
  if (permissions !== undefined && ![actual, goPermissionsText(entry)].includes(permissions))
    told.wrong.push(`${path} is ${actual}; expected is ${permissions}.`)
  if (uid !== undefined && uid !== entry.uid)
    told.wrong.push(`${path} belongs to user ${entry.uid}; expected is ${uid}.`)
  if (gid !== undefined && gid !== entry.gid)
    told.wrong.push(`${path} belongs to group ${entry.gid}; expected is ${gid}.`)
  if (isExecutableBy !== undefined && (entry.mode & EXECUTE[isExecutableBy]) === 0)
    told.wrong.push(`${path} is ${actual}: ${isExecutableBy} may not execute it.`)
  return told.result(name, 'file-existence')
}

/** Judges a file’s text. */
export function judgeContent(test: FileContentTest, content: string, find: FindPattern): TestResult {
  const told = new Complaints()
  told.search(find, content, test.path, test.expectedContents, test.excludedContents)
  return told.result(test.name, 'file-content')
}

/** As `ls -l` writes them: `-rwsr-xr-x`. */
function permissionsText({ type, mode }: Pick<TreeEntry, 'type' | 'mode'>): string {
  const three = (shift: number, special: number, letter: string) => {
    const bits = (mode >> shift) & 7
    const isSpecial = (mode & special) !== 0
    const last = isSpecial ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-'
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`
  }
  return `${KINDS[type]}${three(6, 0o4000, 's')}${three(3, 0o2000, 's')}${three(0, 0o1000, 't')}`
}

/** As Go writes them, and so container-structure-test: letters for kinds and special bits first, `dtrwxrwxrwx`. */
function goPermissionsText({ type, mode }: Pick<TreeEntry, 'type' | 'mode'>): string {
  const special = [mode & 0o4000 && 'u', mode & 0o2000 && 'g', mode & 0o1000 && 't'].filter(Boolean).join('')
  const letters = `${GO_KINDS[type]}${special}` || '-'
  return letters + permissionsText({ type, mode: mode & 0o777 }).slice(1)
}

const GO_KINDS: Readonly<Record<TreeEntry['type'], string>> = {
  file: '',
  directory: 'd',
  symlink: 'L',
  'character-device': 'Dc',
  'block-device': 'D',
  fifo: 'p',
}
