import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { FileChange } from './compare-files.ts'

/** One path of both sides: as a comparison of all files tells it, or the same. */
export type FoundChange = Omit<FileChange, 'change'> & { readonly change: FileChange['change'] | 'same' }

type Entries = ReadonlyMap<string, TreeEntry>

/**
 * What became of one path, by the comparison of all files and the entries of both sides; named as on the second side or
 * else as on the first. Undefined where neither has it.
 */
export function findFileChange(
  changes: readonly FileChange[],
  [from, to]: readonly [Entries, Entries],
  path: string,
): FoundChange | undefined {
  const change =
    changes.find((each) => each.path === path) ?? changes.find((each) => each.from?.path === path)
  // The same file, where each side spells its architecture.
  if (change) return change.aspects.join() === 'path' ? { ...change, change: 'same' } : change
  const [here, there] = [from.get(path), to.get(path)]
  return here && there && { path, change: 'same', aspects: [], from: here, to: there }
}
