import type { z } from 'zod'
import type { DiffResponse, diffQuery } from '#lib/api/diff.ts'
import { diffImages as compare } from '#lib/diff/diff-images.ts'
import type { DiffSide, FileState, ImageDiff } from '#lib/diff/model.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { formatReference, parseReference, withDefaultTag } from '#lib/oci/reference.ts'
import { type ChosenImage, chooseImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { layerDtos } from './image-platform-dto.ts'
import { type ImageTree, readImageTree, type TreeOptions } from './read-image-tree.ts'

interface OpenedSide {
  readonly reference: string
  readonly image: ChosenImage
  readonly imageTree: ImageTree
}

/**
 * Compares two images: two platforms of one reference, one platform of two references, or anything else. Throws as
 * `chooseImage` does for either side; a layer that cannot be read is told in its side.
 */
export async function diffImages(
  context: ReadingContext,
  query: z.output<typeof diffQuery>,
  options: TreeOptions = {},
): Promise<DiffResponse> {
  const [from, to] = await Promise.all([
    openSide(context, query.from, query.fromPlatform, options),
    openSide(context, query.to ?? query.from, query.toPlatform ?? query.fromPlatform, options),
  ])
  const diff = compare(diffSide(from), diffSide(to), new Set(query.show))
  const [fromDto, toDto] = [sideDto(from), sideDto(to)]
  return {
    from: fromDto,
    to: toDto,
    complete: fromDto.complete && toDto.complete,
    summary: summaryDto(diff),
    config: diff.config.map((each) => ({ ...each })),
    layers: diff.layers.map((each) => ({ ...each })),
    files: diff.files.slice(0, query.limit).map(({ path, change, aspects, from: a, to: b }) => ({
      path,
      change,
      aspects: [...aspects],
      ...(a ? { from: stateDto(a) } : {}),
      ...(b ? { to: stateDto(b) } : {}),
    })),
    packages: diff.packages.map((each) => ({ ...each })),
    binaries: diff.binaries.map(({ path, concerns, from: a, to: b }) => ({
      path,
      concerns: [...concerns],
      ...(a ? { from: withOwnList(a) } : {}),
      ...(b ? { to: withOwnList(b) } : {}),
    })),
    folded: diff.folded.map((each) => ({ ...each })),
  }
}

async function openSide(
  context: ReadingContext,
  ref: string,
  platform: string | undefined,
  options: TreeOptions,
): Promise<OpenedSide> {
  const image = await chooseImage(context, { ref, platform }, options)
  const imageTree = await readImageTree(context, image, options)
  return { reference: formatReference(withDefaultTag(parseReference(ref))), image, imageTree }
}

function diffSide({ image, imageTree }: OpenedSide): DiffSide {
  const facts = imageTree.layers.map((layer) => ('facts' in layer ? layer.facts : undefined))
  return {
    platform: parsePlatform(image.platform),
    config: image.config,
    layers: layerDtos(image.manifest, image.config),
    tree: imageTree.tree,
    packages: installedPackages(imageTree.tree, facts).packages,
  }
}

function sideDto({ reference, image, imageTree }: OpenedSide): DiffResponse['from'] {
  return { reference, ...contentsBase(image, imageTree) }
}

function summaryDto({ summary, files }: ImageDiff): DiffResponse['summary'] {
  const count = (change: string) => files.filter((file) => file.change === change).length
  return {
    ...summary,
    files: { added: count('added'), removed: count('removed'), changed: count('changed') },
    highlights: summary.highlights.map(({ examples, ...rest }) => ({ ...rest, examples: [...examples] })),
  }
}

function stateDto({ mode, ...rest }: FileState) {
  return { ...rest, mode: mode.toString(8).padStart(4, '0') }
}

function withOwnList<T extends { readonly needed?: readonly string[] }>({ needed, ...rest }: T) {
  return { ...rest, ...(needed ? { needed: [...needed] } : {}) }
}
