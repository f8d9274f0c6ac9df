import type { ContentsBase } from '#lib/api/image-contents.ts'
import type { ImageDiff } from '#lib/diff/image-diff.ts'
import type { LayerListing } from '#lib/image/layer/layer-facts.ts'
import type { MergedTree } from '#lib/image/tree/merge-layers.ts'
import type { ListedLayer } from '#lib/reader/layer-reader.ts'
import { WeighedMap } from '#lib/reader/weighed-map.ts'

/** The layers of an image, all of them read, and what they merge to. */
export interface RecentTree {
  /** The lowest first. */
  readonly layers: readonly { readonly facts: LayerListing; readonly basis?: ListedLayer['basis'] }[]
  readonly tree: MergedTree
}

/** What came of comparing two images whose layers were all read, and those layers. */
export interface RecentComparison {
  readonly diff: ImageDiff
  readonly layers: readonly [ContentsBase['layers'], ContentsBase['layers']]
}

/** Paths of merged trees, about half a kilobyte each with the facts they are made of. */
const PATHS_MAX = 60_000
/** Differing paths of comparisons. */
const CHANGES_MAX = 60_000

/**
 * What was made of images lately, so that the next page of the same is at hand. Both are pure functions of digests, so
 * nothing here is ever out of date; how much is kept is bounded.
 */
export class RecentImages {
  readonly trees = new WeighedMap<RecentTree>(PATHS_MAX)
  readonly comparisons = new WeighedMap<RecentComparison>(CHANGES_MAX)
}
