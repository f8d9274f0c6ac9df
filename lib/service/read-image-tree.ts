import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import type { LayerFacts, LayerListing, LayerScan } from '#lib/image/layer/layer-facts.ts'
import type { LayerRequest } from '#lib/image/layer/read-layer.ts'
import type { ReadRange } from '#lib/image/layer/table/read-table.ts'
import { tablePlace } from '#lib/image/layer/table/table-place.ts'
import { type MergedTree, mergeLayers } from '#lib/image/tree/merge-layers.ts'
import { isDigest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import type { ListedLayer, OpenLayer, ReadOptions, TableAccess } from '#lib/reader/layer-reader.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import type { ChosenImage } from './choose-image.ts'
import type { ReadingContext } from './context.ts'
import type { ReadingTally } from './reading-tally.ts'

/** A layer of an image: what was read out of it, or why nothing was. */
export type ReadLayer<Kind extends LayerListing = LayerFacts> = { readonly descriptor: Descriptor } & (
  | { readonly facts: Kind; readonly basis?: ListedLayer['basis'] }
  | { readonly problem: AppError }
)

/** What is known of a layer's programs and packages, by its bytes or by its table. */
export type ScanFacts = LayerFacts | LayerScan

/** The files of an image, of those layers that could be read. */
export interface ImageTree<Kind extends LayerListing = LayerFacts> {
  /** The lowest first. */
  readonly layers: readonly ReadLayer<Kind>[]
  readonly tree: MergedTree
}

/** What a caller may tell, beside what goes to the source. */
export interface TreeOptions extends CallOptions {
  /** Told how far the layers are; one tally may count those of several images. */
  readonly tally?: ReadingTally | undefined
}

/**
 * Reads all layers of an image and merges them. A layer that fails is told in its place and hides nothing else; only
 * `cancelled` and `internal` are thrown.
 */
export function readImageTree(
  { layers }: ReadingContext,
  image: ChosenImage,
  options: TreeOptions,
): Promise<ImageTree> {
  return mergeEach(image, options, async (_, request, open, reading) => ({
    facts: await layers.read(request, open, reading),
  }))
}

/**
 * The same for who wants paths, attributes and hashes alone: a layer with a table of contents is listed by that, which
 * costs a few kilobytes, and says so (`basis`).
 */
export function listImageTree(
  { layers }: ReadingContext,
  image: ChosenImage,
  options: TreeOptions,
): Promise<ImageTree<LayerListing>> {
  return mergeEach<LayerListing>(image, options, async (descriptor, request, open, reading) => {
    const access = tableAccess(image, descriptor, options)
    if (!access || !layers.list) return { facts: await layers.read(request, open, reading) }
    return layers.list(request, access, open, reading)
  })
}

/**
 * The same for who also wants programs and packages: where a layer has a table of contents, first bytes of files that
 * may be code and package databases are read by range. `isWhole` has all layers read all the same.
 */
export function scanImageTree(
  { layers }: ReadingContext,
  image: ChosenImage,
  { isWhole = false, ...options }: TreeOptions & { readonly isWhole?: boolean | undefined },
): Promise<ImageTree<ScanFacts>> {
  return mergeEach<ScanFacts>(image, options, async (descriptor, request, open, reading) => {
    const access = isWhole ? undefined : tableAccess(image, descriptor, options)
    if (!access || !layers.scan) return { facts: await layers.read(request, open, reading) }
    return layers.scan(request, access, open, reading)
  })
}

/** How to get at a layer's table of contents; undefined where its annotations name none. */
export function tableAccess(
  { source }: ChosenImage,
  descriptor: Descriptor,
  options: CallOptions,
): TableAccess | undefined {
  const place = tablePlace(descriptor.annotations)
  return (
    place && {
      place,
      readRange:
        (signal): ReadRange =>
        (offset, lengthBytes) =>
          source.readRange(descriptor, { offset, lengthBytes }, { ...options, signal }),
    }
  )
}

async function mergeEach<Kind extends LayerListing>(
  { source, manifest, config }: ChosenImage,
  options: TreeOptions,
  readOne: (
    descriptor: Descriptor,
    request: LayerRequest,
    open: OpenLayer,
    reading: ReadOptions,
  ) => Promise<{ readonly facts: Kind; readonly basis?: ListedLayer['basis'] }>,
): Promise<ImageTree<Kind>> {
  const diffIds = config.diffIds.length === manifest.layers.length ? config.diffIds : []
  const { tally } = options
  tally?.begin(manifest.layers)
  const layers = await Promise.all(
    manifest.layers.map(async (descriptor, layer): Promise<ReadLayer<Kind>> => {
      const { digest, sizeBytes } = descriptor
      const diffId = diffIds[layer]
      try {
        const read = await readOne(
          descriptor,
          { digest, sizeBytes, ...(diffId !== undefined && isDigest(diffId) ? { diffId } : {}) },
          (signal) => source.openBlob(descriptor, { ...options, signal }),
          { signal: options.signal, onProgress: (progress) => tally?.note(digest, progress) },
        )
        tally?.end(digest)
        return { descriptor, ...read }
      } catch (error) {
        const problem = toAppError(error)
        if (problem.code === 'cancelled' || problem.code === 'internal') throw problem
        tally?.end(digest)
        return { descriptor, problem }
      }
    }),
  )
  const tree = mergeLayers(layers.map((layer) => ('facts' in layer ? layer.facts : undefined)))
  return { layers, tree }
}
