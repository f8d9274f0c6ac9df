import type { LayerEntry } from '#lib/image/layer/layer-facts.ts'

/** One path of a merged file system, links to lower layers filled in. */
export interface TreeEntry extends Omit<LayerEntry, 'linkBelow'> {
  /** Which layer brought it, from 0. */
  readonly layer: number
}
