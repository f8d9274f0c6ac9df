import type { LayerEntry } from './layer-facts.ts'
import { layerPath, parentOf } from './layer-path.ts'

/** Linux gives up after this many links. */
const LINK_LIMIT = 40

/**
 * Where the parents of a path really are, by the links that the same layer brought before: an archive may link `lib` to
 * `usr/lib` and then put files into `lib`. Neighbours mostly share their parent, so the last answer is remembered.
 */
export class LayerParents {
  private readonly find: (path: string) => LayerEntry | undefined
  private lastParent: string | undefined
  private lastReal: string | undefined

  constructor(find: (path: string) => LayerEntry | undefined) {
    this.find = find
  }

  /** Forgets what was found: an entry that is no directory has come or gone. */
  changed(): void {
    this.lastParent = undefined
  }

  /** The path with its parents' links followed; undefined when a parent is no directory. */
  realPath(path: string): string | undefined {
    const parent = parentOf(path)
    if (parent === '') return path
    if (parent !== this.lastParent) {
      this.lastReal = this.realDirectory(parent)
      this.lastParent = parent
    }
    if (this.lastReal === parent) return path
    return this.lastReal === undefined ? undefined : joined(this.lastReal, path.slice(parent.length + 1))
  }

  private realDirectory(directory: string): string | undefined {
    const todo = directory.split('/')
    let here = ''
    let links = 0
    for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
      if (part === '' || part === '.') continue
      if (part === '..') {
        here = parentOf(here)
        continue
      }
      const next = joined(here, part)
      const entry = this.find(next)
      if (entry === undefined || entry.type === 'directory') here = next
      else if (entry.type !== 'symlink' || ++links > LINK_LIMIT) return undefined
      else {
        const target = entry.linkTarget ?? ''
        if (target.startsWith('/')) here = ''
        todo.unshift(...target.split('/'))
      }
    }
    return layerPath(here).path
  }
}

function joined(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`
}
