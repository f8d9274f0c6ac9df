import type { ContentsBase } from '#lib/api/image-contents.ts'
import { diffImages } from '#lib/diff/diff-images.ts'
import type { DiffSide } from '#lib/diff/diff-side.ts'
import type { ImageDiff, SideContent } from '#lib/diff/image-diff.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import type { ChosenImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { type ImageTree, type ScanFacts, scanImageTree, type TreeOptions } from './read-image-tree.ts'

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
  const key = images.map(({ digest, platform }) => `${digest} ${platform}`).join('\n')
  const tableKey = `by table\n${key}`
  const remembered = context.recent?.comparisons
  const known = remembered?.get(key) ?? (whole ? undefined : remembered?.get(tableKey))
  if (known) return { ...known, sides, isComplete: true }
  const [from, to] = await Promise.all([
    scanImageTree(context, left, { ...options, isWhole: whole }),
    scanImageTree(context, right, { ...options, isWhole: whole }),
  ])
  const diff = diffImages(...sides, [contentOf(from), contentOf(to)])
  const bases = [contentsBase(left, from), contentsBase(right, to)] as const
  const layers = [bases[0].layers, bases[1].layers] as const
  const isComplete = bases.every(({ complete }) => complete)
  const isByTable = layers.flat().some(({ basis }) => basis === 'table')
  if (isComplete) remembered?.set(isByTable ? tableKey : key, { diff, layers }, weightOf(diff))
  return { diff, sides, layers, isComplete }
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
  }
}
