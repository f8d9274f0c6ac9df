import { parentOf } from '../layer/layer-path.ts'
import type { MergedTree, TreeEntry } from './merge-layers.ts'

/** What lies below a folder, at any depth. */
export interface FolderTotal {
  readonly paths: number
  /** Of all files, other names of the same file left out. */
  readonly sizeBytes: number
}

const orders = new WeakMap<MergedTree, readonly TreeEntry[]>()
const totals = new WeakMap<MergedTree, ReadonlyMap<string, FolderTotal>>()

/** All entries in path order; sorted once for each tree. */
export function inPathOrder(tree: MergedTree): readonly TreeEntry[] {
  const known = orders.get(tree)
  if (known) return known
  const sorted = [...tree.entries.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  orders.set(tree, sorted)
  return sorted
}

/** What each folder holds, by path; summed once for each tree. */
export function folderTotals(tree: MergedTree): ReadonlyMap<string, FolderTotal> {
  const known = totals.get(tree)
  if (known) return known
  const summed = new Map<string, { paths: number; sizeBytes: number }>()
  for (const { path, sizeBytes, hardLinkTo } of tree.entries.values()) {
    const ownBytes = hardLinkTo === undefined ? sizeBytes : 0
    for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
      const total = summed.get(folder)
      if (total) {
        total.paths++
        total.sizeBytes += ownBytes
      } else summed.set(folder, { paths: 1, sizeBytes: ownBytes })
    }
  }
  totals.set(tree, summed)
  return summed
}
