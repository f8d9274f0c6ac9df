import type { LayerListing } from '#lib/image/layer/layer-facts.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { ImageTree } from './read-image-tree.ts'

/** A file of one layer. */
export interface FilePlace {
  readonly layer: number
  readonly path: string
}

/** Where the bytes of a file lie: hard links share those of another name, in this layer or a lower one. */
export function filePlace(
  layers: ImageTree<LayerListing>['layers'],
  { path, layer, sha256 }: TreeEntry,
): FilePlace | undefined {
  for (let at = layer; at >= 0; at--) {
    const read = layers[at]
    const entries = read && 'facts' in read ? read.facts.entries : []
    const same = entries.filter((each) => each.sha256 === sha256 && each.hardLinkTo === undefined)
    const entry = same.find((each) => each.path === path) ?? same[0]
    if (entry && sha256 !== undefined) return { layer: at, path: entry.path }
  }
  return undefined
}
