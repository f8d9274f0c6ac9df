import type { ContentsBase } from '#lib/api/image-contents.ts'
import { toProblem } from '#lib/errors/problem.ts'
import type { LayerFacts, LayerListing, LayerScan } from '#lib/image/layer/layer-facts.ts'
import type { ChosenImage } from './choose-image.ts'
import type { ImageTree, ReadLayer } from './read-image-tree.ts'

/** What every answer about an image's content begins with: which image, and which layers could be read. */
export function contentsBase(
  { platform, digest }: ChosenImage,
  { layers, tree }: ImageTree<LayerListing>,
): ContentsBase {
  return {
    platform,
    digest,
    complete: layers.every((layer) => 'facts' in layer),
    layers: layers.map((layer, at) => ({
      ...layerDto(layer),
      notes: [
        ...('facts' in layer ? layer.facts.notes : []),
        ...tree.brokenLinks
          .filter((link) => link.layer === at)
          .map(({ path }) => ({ code: 'hard_link_broken', path })),
      ],
    })),
  }
}

function layerDto(layer: ReadLayer<LayerListing>): Omit<ContentsBase['layers'][number], 'notes'> {
  const { digest, sizeBytes } = layer.descriptor
  if ('problem' in layer) return { digest, sizeBytes, state: 'failed', problem: toProblem(layer.problem) }
  const { facts, basis = 'bytes' } = layer
  const { compression, entries } = facts
  const unpackedBytes = 'unpackedBytes' in facts ? (facts as LayerFacts).unpackedBytes : undefined
  const unlookedFiles = 'unlookedFiles' in facts ? (facts as LayerScan).unlookedFiles : undefined
  return {
    ...{ digest, sizeBytes, state: 'read', basis, compression, entries: entries.length },
    ...(unpackedBytes === undefined ? {} : { unpackedBytes }),
    ...(unlookedFiles === undefined ? {} : { unlookedFiles }),
  }
}
