import { canonicalPlatform } from '#lib/oci/platform.ts'
import { compareFiles, type FileChange, type FileSide } from './compare-files.ts'
import { pathKey } from './path-keys.ts'

/** One path of both sides: as a comparison of all files tells it, or the same. */
export type FoundChange = Omit<FileChange, 'change'> & { readonly change: FileChange['change'] | 'same' }

/** What became of one path, named as on the second side or else as on the first; undefined where neither has it. */
export function findFileChange(from: FileSide, to: FileSide, path: string): FoundChange | undefined {
  const { changes } = compareFiles(from, to)
  const change =
    changes.find((each) => each.path === path) ?? changes.find((each) => each.from?.path === path)
  if (change) return change
  // The same on both sides, perhaps under two names.
  const [a, b] = [from, to].map(({ platform }) => canonicalPlatform(platform).architecture)
  const key = (text: string, architecture = '') => (a === b ? text : pathKey(text, architecture))
  const there = to.entries.find((entry) => entry.path === path)
  const here = from.entries.find((entry) =>
    there ? key(entry.path, a) === key(there.path, b) : entry.path === path,
  )
  const other = there ?? to.entries.find((entry) => here && key(entry.path, b) === key(here.path, a))
  if (here === undefined || other === undefined) return undefined
  return { path: other.path, change: 'same', aspects: [], from: here, to: other }
}
