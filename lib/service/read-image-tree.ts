import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import type { LayerFacts } from '#lib/image/layer/layer-facts.ts'
import type { LayerProgress } from '#lib/image/layer/read-layer.ts'
import { type MergedTree, mergeLayers } from '#lib/image/tree/merge-layers.ts'
import { isDigest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import type { ChosenImage } from './choose-image.ts'
import type { ReadingContext } from './context.ts'

/** A layer of an image: what was read out of it, or why nothing was. */
export type ReadLayer = { readonly descriptor: Descriptor } & (
  | { readonly facts: LayerFacts }
  | { readonly problem: AppError }
)

/** The files of an image, of those layers that could be read. */
export interface ImageTree {
  /** The lowest first. */
  readonly layers: readonly ReadLayer[]
  readonly tree: MergedTree
}

/** What a caller may tell, beside what goes to the source. */
export interface TreeOptions extends CallOptions {
  /** `layer` is the position, the lowest being 0. */
  readonly onProgress?: ((layer: number, progress: LayerProgress) => void) | undefined
}

/**
 * Reads all layers of an image and merges them. A layer that fails is told in its place and hides nothing else; only
 * `cancelled` and `internal` are thrown.
 */
export async function readImageTree(
  context: ReadingContext,
  { source, manifest, config }: ChosenImage,
  options: TreeOptions,
): Promise<ImageTree> {
  const diffIds = config.diffIds.length === manifest.layers.length ? config.diffIds : []
  const layers = await Promise.all(
    manifest.layers.map(async (descriptor, layer): Promise<ReadLayer> => {
      const { digest, sizeBytes } = descriptor
      const diffId = diffIds[layer]
      try {
        const facts = await context.layers.read(
          { digest, sizeBytes, ...(diffId !== undefined && isDigest(diffId) ? { diffId } : {}) },
          (signal) => source.openBlob(descriptor, { ...options, signal }),
          { signal: options.signal, onProgress: (progress) => options.onProgress?.(layer, progress) },
        )
        return { descriptor, facts }
      } catch (error) {
        const problem = toAppError(error)
        if (problem.code === 'cancelled' || problem.code === 'internal') throw problem
        return { descriptor, problem }
      }
    }),
  )
  const tree = mergeLayers(layers.map((layer) => ('facts' in layer ? layer.facts : undefined)))
  return { layers, tree }
}
