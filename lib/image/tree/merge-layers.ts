import type { LayerEntry, LayerFacts } from '../layer/layer-facts.ts'
import { parentOf } from '../layer/layer-path.ts'

/** A path of the merged file system and where it came from. */
export interface TreeEntry extends LayerEntry {
  /** Position of the layer that brought it, the lowest being 0. */
  readonly layer: number
}

/** What merging needs of a layer; undefined for one that could not be read. */
export type MergeLayer = Pick<LayerFacts, 'entries' | 'whiteouts' | 'opaque'> | undefined

/** The root file system that a container of these layers sees, and hard links that lead nowhere. */
export interface MergedTree {
  /** By path. */
  readonly entries: ReadonlyMap<string, TreeEntry>
  readonly brokenLinks: readonly TreeEntry[]
}

/** What a directory is that no layer describes and some layer needs. */
const IMPLIED = { type: 'directory', sizeBytes: 0, mode: 0o755, uid: 0, gid: 0 } as const

/**
 * Merges layers, the lowest first, in one pass from the top: what is seen first wins. A layer's whiteouts and opaque
 * directories hide what lies below the layer, never what it brings itself; a directory above a directory keeps what is
 * in it, and anything else hides all. https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets
 */
export function mergeLayers(layers: readonly MergeLayer[]): MergedTree {
  const merge = new Merge(layers)
  for (let at = layers.length - 1; at >= 0; at--) merge.addBelow(at)
  return merge.finish()
}

class Merge {
  private readonly layers: readonly MergeLayer[]
  private readonly seen = new Map<string, TreeEntry>()
  /** Directories that entries lie in and no layer so far describes, with the layer that needed them first. */
  private readonly implied = new Map<string, number>()
  /** Paths that layers so far removed or made something else than a directory: nothing below shows through. */
  private readonly closed = new Set<string>()
  /** Directories whose content does not show through, while their own attributes may. */
  private readonly opaque = new Set<string>()

  constructor(layers: readonly MergeLayer[]) {
    this.layers = layers
  }

  addBelow(at: number): void {
    const layer = this.layers[at]
    if (!layer) return
    const hidden = new Map<string, boolean>()
    const added: TreeEntry[] = []
    const closing: string[] = []
    for (const entry of layer.entries) {
      const { path, type } = entry
      if (this.closed.has(path) || this.isHidden(parentOf(path), hidden)) continue
      // What is no directory ends what lower layers have below its path, seen or not.
      if (type !== 'directory') closing.push(path)
      // Where something above needs a directory, what else a lower layer has in its place is gone.
      const isReplaced = this.seen.has(path) || (type !== 'directory' && this.implied.has(path))
      if (!isReplaced) added.push({ ...entry, layer: at })
    }
    for (const entry of added) {
      this.seen.set(entry.path, entry)
      this.imply(parentOf(entry.path), at)
    }
    for (const path of closing) this.closed.add(path)
    for (const path of layer.whiteouts) this.closed.add(path)
    for (const path of layer.opaque) this.opaque.add(path)
  }

  finish(): MergedTree {
    const brokenLinks: TreeEntry[] = []
    for (const entry of this.seen.values()) {
      if (entry.linkBelow === undefined) continue
      const target = this.findBelow(entry.linkBelow, entry.layer)
      if (target === undefined || target.type === 'directory') brokenLinks.push(entry)
      else {
        const { path, hardLinkTo, layer } = entry
        this.seen.set(path, { ...target, path, layer, ...(hardLinkTo === undefined ? {} : { hardLinkTo }) })
      }
    }
    for (const [path, layer] of this.implied) {
      if (!this.seen.has(path)) this.seen.set(path, { path, ...IMPLIED, layer })
    }
    return { entries: this.seen, brokenLinks }
  }

  /** Marks the directories above a path as needed, up to the first that is known to be. */
  private imply(start: string, layer: number): void {
    for (let path = start; path !== ''; path = parentOf(path)) {
      if (this.implied.has(path)) return
      this.implied.set(path, layer)
    }
  }

  /** Whether layers above hide what lies in this directory of the layer at hand. */
  private isHidden(directory: string, known: Map<string, boolean>): boolean {
    const answer = known.get(directory)
    if (answer !== undefined) return answer
    const isHidden =
      this.closed.has(directory) ||
      this.opaque.has(directory) ||
      (directory !== '' && this.isHidden(parentOf(directory), known))
    known.set(directory, isHidden)
    return isHidden
  }

  /** What a path is in the view of the layers below one: for hard links into them, of which there are few. */
  private findBelow(path: string, above: number): LayerEntry | undefined {
    for (let at = above - 1; at >= 0; at--) {
      const layer = this.layers[at]
      if (!layer) continue
      const found = this.entriesOf(at).get(path)
      if (found) return found.linkBelow === undefined ? found : this.findBelow(found.linkBelow, at)
      if (this.removes(layer, at, path)) return undefined
    }
    return undefined
  }

  /** Whether a layer takes away what lower ones have at a path. */
  private removes(layer: NonNullable<MergeLayer>, at: number, path: string): boolean {
    if (layer.whiteouts.includes(path)) return true
    for (let parent = parentOf(path); ; parent = parentOf(parent)) {
      const entry = this.entriesOf(at).get(parent)
      if (layer.opaque.includes(parent) || layer.whiteouts.includes(parent)) return true
      if (entry !== undefined && entry.type !== 'directory') return true
      if (parent === '') return false
    }
  }

  private readonly byPath = new Map<number, ReadonlyMap<string, LayerEntry>>()

  private entriesOf(at: number): ReadonlyMap<string, LayerEntry> {
    const known = this.byPath.get(at) ?? new Map(this.layers[at]?.entries.map((entry) => [entry.path, entry]))
    this.byPath.set(at, known)
    return known
  }
}
