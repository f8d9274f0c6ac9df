import type { ContentsBase } from '#lib/api/image-contents.ts'
import type { FileChange } from '#lib/diff/compare-files.ts'
import { diffImages } from '#lib/diff/diff-images.ts'
import type { DiffSide } from '#lib/diff/diff-side.ts'
import type { ImageDiff, SideContent } from '#lib/diff/image-diff.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import type { ChosenImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { type ImageTree, type ScanFacts, scanImageTree, type TreeOptions } from './read-image-tree.ts'
import type { RecentComparison } from './recent-images.ts'

type Layers = ContentsBase['layers']

/** How much of the images is looked at; `whole`: layers by their bytes even where a table of contents would do. */
interface CompareQuery {
  readonly depth: 'registry' | 'files'
  readonly whole?: boolean | undefined
}

/** What came of comparing two images. */
export interface ComparedImages {
  readonly diff: ImageDiff
  readonly sides: readonly [DiffSide, DiffSide]
  /** Which layers could be read, where they were looked into. */
  readonly layers?: readonly [Layers, Layers]
  readonly isComplete: boolean
}

/**
 * Compares two images, by what the registry tells of them or by their files as well. A comparison that lacks nothing is
 * remembered by the digests of both, and by whether any layer's table of contents was taken for it. Throws as
 * `scanImageTree` does.
 */
export async function compareImages(
  context: ReadingContext,
  images: readonly [ChosenImage, ChosenImage],
  { depth, whole }: CompareQuery,
  options: TreeOptions,
): Promise<ComparedImages> {
  const [left, right] = images
  const sides = [sideOf(left), sideOf(right)] as const
  if (depth === 'registry') return { diff: diffImages(...sides), sides, isComplete: true }
  const known = recall(context, images, whole)
  if (known) return { ...known, sides, isComplete: true }
  const trees = await Promise.all([
    scanImageTree(context, left, { ...options, isWhole: whole }),
    scanImageTree(context, right, { ...options, isWhole: whole }),
  ])
  return { ...compareAnew(context, images, trees), sides }
}

/** How the files of two images differ whose layers were read: as it is remembered, else compared anew. */
export function comparedFiles(
  context: ReadingContext,
  images: readonly [ChosenImage, ChosenImage],
  trees: readonly [ImageTree<ScanFacts>, ImageTree<ScanFacts>],
): readonly FileChange[] {
  const { diff } = recall(context, images, false) ?? compareAnew(context, images, trees)
  return diff.content?.files.changes ?? []
}

function compareAnew(
  { recent }: ReadingContext,
  images: readonly [ChosenImage, ChosenImage],
  [from, to]: readonly [ImageTree<ScanFacts>, ImageTree<ScanFacts>],
): Omit<ComparedImages, 'sides'> & RecentComparison {
  const [left, right] = images
  const diff = diffImages(sideOf(left), sideOf(right), [contentOf(from), contentOf(to)])
  const bases = [contentsBase(left, from), contentsBase(right, to)] as const
  const layers = [bases[0].layers, bases[1].layers] as const
  const isComplete = bases.every(({ complete }) => complete)
  const isByTable = layers.flat().some(({ basis }) => basis === 'table')
  if (isComplete) recent?.comparisons.set(keyOf(images, isByTable), { diff, layers }, weightOf(diff))
  return { diff, layers, isComplete }
}

function recall(
  { recent }: ReadingContext,
  images: readonly [ChosenImage, ChosenImage],
  isWhole: boolean | undefined,
): RecentComparison | undefined {
  const known = recent?.comparisons.get(keyOf(images, false))
  return known ?? (isWhole ? undefined : recent?.comparisons.get(keyOf(images, true)))
}

function keyOf(images: readonly [ChosenImage, ChosenImage], isByTable: boolean): string {
  const key = images.map(({ digest, platform }) => `${digest} ${platform}`).join('\n')
  return isByTable ? `by table\n${key}` : key
}

function weightOf({ content }: ImageDiff): number {
  return 1 + (content ? content.files.changes.length + content.packages.changes.length : 0)
}

function sideOf({ platform, manifest, config }: ChosenImage): DiffSide {
  const steps = config.history.filter((step) => !step.emptyLayer)
  const hasSteps = steps.length === manifest.layers.length
  const hasDiffIds = config.diffIds.length === manifest.layers.length
  return {
    platform: parsePlatform(platform),
    config,
    layers: manifest.layers.map(({ digest, sizeBytes, mediaType }, at) => {
      const [createdBy, diffId] = [hasSteps && steps[at]?.createdBy, hasDiffIds && config.diffIds[at]]
      return {
        digest,
        sizeBytes,
        mediaType,
        ...(diffId ? { diffId } : {}),
        ...(createdBy ? { createdBy } : {}),
      }
    }),
  }
}

function contentOf({ tree, layers }: ImageTree<ScanFacts>): SideContent {
  const facts = layers.map((layer) => ('facts' in layer ? layer.facts : undefined))
  return {
    entries: [...tree.entries.values()],
    packages: installedPackages(tree, facts).packages,
    isComplete: facts.every((each) => each !== undefined),
    lacksBase: facts.length > 0 && facts[0] === undefined,
  }
}
