import type { FilesResponse } from '#lib/api/files.ts'
import { type FileFilter, matchesFile } from '#lib/api/match-file.ts'

/** One path as the API gives it. */
export type FileEntry = FilesResponse['entries'][number]

/** A path with all below it. */
export interface FileNode {
  readonly path: string
  readonly name: string
  /** 1 at the top. */
  readonly level: number
  /** Absent for a folder that no layer has an entry of. */
  readonly entry: FileEntry | undefined
  readonly isFolder: boolean
  /** A file's own; a folder's is the sum of all below it, other names of the same file left out. */
  readonly sizeBytes: number
  /** Folders first, then by name. */
  readonly children: readonly FileNode[]
}

/** A line of the tree as it is shown. */
export interface FileRow {
  readonly node: FileNode
  readonly isOpen: boolean
  /** Counted from 1 among its siblings that are shown. */
  readonly position: number
  readonly siblings: number
}

type Building = { -readonly [Key in keyof FileNode]: FileNode[Key] } & { children: Building[] }

/** The tree of paths that come in any order; the folders above a path exist whether or not an entry tells of them. */
export function buildFileTree(entries: readonly FileEntry[]): readonly FileNode[] {
  const known = new Map<string, Building>()
  const roots: Building[] = []
  const nodeAt = (path: string): Building => {
    const found = known.get(path)
    if (found) return found
    const slash = path.lastIndexOf('/')
    const parent = slash < 0 ? undefined : nodeAt(path.slice(0, slash))
    const level = (parent?.level ?? 0) + 1
    const name = path.slice(slash + 1)
    const node: Building = { path, name, level, entry: undefined, isFolder: true, sizeBytes: 0, children: [] }
    known.set(path, node)
    ;(parent?.children ?? roots).push(node)
    return node
  }
  for (const entry of entries) {
    // The root is what holds the tree, and no row of it.
    if (entry.path === '') continue
    const node = nodeAt(entry.path)
    node.entry = entry
    node.isFolder = entry.type === 'directory'
    node.sizeBytes = node.isFolder ? 0 : entry.sizeBytes
  }
  finish(roots)
  return roots
}

/** Sorts and sums a level with all below it. */
function finish(nodes: Building[]): number {
  let sumBytes = 0
  for (const node of nodes) {
    const belowBytes = finish(node.children)
    if (node.children.length > 0) node.isFolder = true
    if (node.isFolder) node.sizeBytes = node.entry?.below?.sizeBytes ?? belowBytes
    if (node.entry?.hardLinkTo === undefined) sumBytes += node.sizeBytes
  }
  nodes.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1))
  return sumBytes
}

/** The paths of a filter's matches and of all folders above them. */
export function pathsToShow(entries: readonly FileEntry[], filter: FileFilter): ReadonlySet<string> {
  const shown = new Set<string>()
  for (const entry of entries) {
    if (!matchesFile(entry, filter)) continue
    let { path } = entry
    while (!shown.has(path)) {
      shown.add(path)
      const slash = path.lastIndexOf('/')
      if (slash < 0) break
      path = path.slice(0, slash)
    }
  }
  return shown
}

/** The rows of a tree; `isOpen` says which folders are unfolded, `shown` what is left of it. */
export function fileRows(
  roots: readonly FileNode[],
  isOpen: (path: string) => boolean,
  shown?: ReadonlySet<string>,
): readonly FileRow[] {
  const rows: FileRow[] = []
  const walk = (nodes: readonly FileNode[]) => {
    const kept = shown ? nodes.filter(({ path }) => shown.has(path)) : nodes
    kept.forEach((node, at) => {
      const open = node.isFolder && isOpen(node.path)
      rows.push({ node, isOpen: open, position: at + 1, siblings: kept.length })
      if (open) walk(node.children)
    })
  }
  walk(roots)
  return rows
}

/** The folders above a path, the highest first. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'))
}
