import type { Program } from '../identify-program.ts'
import type { ImageEntry, Lookup } from '../image-entry.ts'
import { layerPath, parentOf } from '../layer/layer-path.ts'
import type { MergedTree, TreeEntry } from './merge-layers.ts'

/** How often links among parents are followed before a path counts as going in circles. */
const LINK_LIMIT = 40
const NOTHING = new Uint8Array()

/**
 * A merged file system as a `Lookup`: links among parents followed, the last component not. Files come without their
 * first bytes, which are not kept, and with what those said.
 */
export function treeLookup(tree: MergedTree): Lookup {
  return async (path) => {
    const real = realPath(tree, path)
    if (real === '') return { kind: 'directory' }
    const entry = real === undefined ? undefined : tree.entries.get(real)
    return entry && toImageEntry(entry)
  }
}

/**
 * What lies at an absolute path, links among its parents followed; `followsLast` follows a link at its end as well.
 * Undefined where nothing is, or where links go in circles.
 */
export function findTreeEntry(
  tree: MergedTree,
  path: string,
  { followsLast = false }: { readonly followsLast?: boolean } = {},
): TreeEntry | undefined {
  let at = path
  for (let links = 0; links <= LINK_LIMIT; links++) {
    const real = realPath(tree, at)
    if (real === undefined) return undefined
    if (real === '')
      return { path: '', type: 'directory', sizeBytes: 0, mode: 0o755, uid: 0, gid: 0, layer: 0 }
    const entry = tree.entries.get(real)
    if (!followsLast || entry?.type !== 'symlink') return entry
    const target = entry.linkTarget ?? ''
    at = target.startsWith('/') ? target : `/${parentOf(real)}/${target}`
  }
  return undefined
}

function toImageEntry(entry: TreeEntry): ImageEntry {
  switch (entry.type) {
    case 'file':
      return {
        kind: 'file',
        mode: entry.mode,
        sizeBytes: entry.sizeBytes,
        head: NOTHING,
        program: programOf(entry),
      }
    case 'directory':
      return { kind: 'directory' }
    case 'symlink':
      return { kind: 'symlink', target: entry.linkTarget ?? '' }
    default:
      return { kind: 'other' }
  }
}

/** Facts of a file tell no text from other data. */
function programOf({ program, sizeBytes }: TreeEntry): Program {
  if (program?.kind === 'elf') return { kind: 'elf', elf: program }
  return program ?? { kind: sizeBytes === 0 ? 'empty' : 'data' }
}

/** The path with its parents' links followed, from the root without a slash; undefined for one that is not there. */
function realPath(tree: MergedTree, path: string): string | undefined {
  const todo = path.split('/').filter((part) => part !== '' && part !== '.')
  const here: string[] = []
  let links = 0
  while (todo.length > 0) {
    const part = todo.shift() ?? ''
    if (part === '..') {
      here.pop()
      continue
    }
    here.push(part)
    if (todo.length === 0) break
    const entry = tree.entries.get(here.join('/'))
    if (entry === undefined || (entry.type !== 'directory' && entry.type !== 'symlink')) return undefined
    if (entry.type === 'directory') continue
    if (++links > LINK_LIMIT) return undefined
    const target = entry.linkTarget ?? ''
    here.pop()
    if (target.startsWith('/')) here.length = 0
    todo.unshift(...target.split('/').filter((each) => each !== '' && each !== '.'))
  }
  return layerPath(here.join('/')).path
}
