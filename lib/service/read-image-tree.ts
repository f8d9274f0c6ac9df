import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import type { LayerFacts, LayerListing, LayerScan } from '#lib/image/layer/layer-facts.ts'
import type { LayerRequest } from '#lib/image/layer/read-layer.ts'
import type { ReadRange } from '#lib/image/layer/table/read-table.ts'
import { tablePlace } from '#lib/image/layer/table/table-place.ts'
import { type MergedTree, mergeLayers } from '#lib/image/tree/merge-layers.ts'
import { isDigest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import { formatRepository } from '#lib/oci/reference.ts'
import type { ListedLayer, OpenLayer, ReadOptions, TableAccess } from '#lib/reader/layer-reader.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import type { ChosenImage } from './choose-image.ts'
import type { ReadingContext } from './context.ts'
import type { ReadingTally } from './reading-tally.ts'
import type { RecentImages } from './recent-images.ts'

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
  /** A person asks again: layers that failed lately are read again. */
  readonly retriesFailed?: boolean | undefined
}

/**
 * Reads all layers of an image and merges them. A layer that fails is told in its place and hides nothing else; only
 * `cancelled` and `internal` are thrown.
 */
export async function readImageTree(
  { layers, recent }: ReadingContext,
  image: ChosenImage,
  options: TreeOptions,
): Promise<ImageTree> {
  const known = recall<LayerFacts>(recent, 'read', image, options)
  if (known) return known
  const read = await mergeEach(image, options, async (_, request, open, reading) => ({
    facts: await layers.read(request, open, reading),
  }))
  return remember(recent, 'read', image, read)
}

/**
 * The same for who wants paths, attributes and hashes alone: a layer with a table of contents is listed by that, which
 * costs a few kilobytes, and says so (`basis`).
 */
export async function listImageTree(
  { layers, recent }: ReadingContext,
  image: ChosenImage,
  options: TreeOptions,
): Promise<ImageTree<LayerListing>> {
  const known = recall(recent, 'read', image, options) ?? recall(recent, 'listed', image, options)
  if (known) return known
  const listed = await mergeEach<LayerListing>(image, options, async (descriptor, request, open, reading) => {
    const access = tableAccess(image, descriptor, options)
    if (!access || !layers.list) return { facts: await layers.read(request, open, reading) }
    return layers.list(request, access, open, reading)
  })
  return remember(recent, isByBytes(listed) ? 'read' : 'listed', image, listed)
}

/** Whether `listImageTree` would answer without reading anything. */
export function isTreeKnown({ layers, recent }: ReadingContext, image: ChosenImage): boolean {
  return (
    (['read', 'listed'] as const).some((depth) => recent?.trees.get(keyOf(depth, image)) !== undefined) ||
    layerRequests(image).every((request) => layers.knows?.(request) === true)
  )
}

/** What asking for each layer of an image takes, the lowest first. */
function layerRequests({ manifest, config }: ChosenImage): readonly LayerRequest[] {
  const diffIds = config.diffIds.length === manifest.layers.length ? config.diffIds : []
  return manifest.layers.map(({ digest, sizeBytes }, at) => {
    const diffId = diffIds[at]
    return { digest, sizeBytes, ...(diffId !== undefined && isDigest(diffId) ? { diffId } : {}) }
  })
}

/**
 * The same for who also wants programs and packages: where a layer has a table of contents, first bytes of files that
 * may be code and package databases are read by range. `isWhole` has all layers read all the same.
 */
export async function scanImageTree(
  context: ReadingContext,
  image: ChosenImage,
  { isWhole = false, ...options }: TreeOptions & { readonly isWhole?: boolean | undefined },
): Promise<ImageTree<ScanFacts>> {
  const { layers, recent } = context
  const { scan } = layers
  if (isWhole || !scan) return readImageTree(context, image, options)
  const known =
    recall<ScanFacts>(recent, 'read', image, options) ?? recall<ScanFacts>(recent, 'scanned', image, options)
  if (known) return known
  const scanned = await mergeEach<ScanFacts>(image, options, async (descriptor, request, open, reading) => {
    const access = tableAccess(image, descriptor, options)
    if (!access) return { facts: await layers.read(request, open, reading) }
    return scan.call(layers, request, access, open, reading)
  })
  return remember(recent, isByBytes(scanned) ? 'read' : 'scanned', image, scanned)
}

function isByBytes({ layers }: ImageTree<LayerListing>): boolean {
  return layers.every((layer) => 'facts' in layer && layer.basis !== 'table')
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
  image: ChosenImage,
  options: TreeOptions,
  readOne: (
    descriptor: Descriptor,
    request: LayerRequest,
    open: OpenLayer,
    reading: ReadOptions,
  ) => Promise<{ readonly facts: Kind; readonly basis?: ListedLayer['basis'] }>,
): Promise<ImageTree<Kind>> {
  const { source, manifest } = image
  const { tally } = options
  tally?.begin(manifest.layers)
  const requests = layerRequests(image)
  const origin = formatRepository(source.repository)
  const layers = await Promise.all(
    manifest.layers.map(async (descriptor, layer): Promise<ReadLayer<Kind>> => {
      const { digest } = descriptor
      try {
        const read = await readOne(
          descriptor,
          requests[layer] ?? descriptor,
          (signal) => source.openBlob(descriptor, { ...options, signal }),
          {
            signal: options.signal,
            onProgress: (progress) => tally?.note(digest, progress),
            origin,
            retriesFailed: options.retriesFailed,
          },
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

/** `read`: every layer by its bytes. Some by their tables of contents: `listed` alone, or `scanned` as well. */
type Depth = 'read' | 'listed' | 'scanned'

/** The diffIDs are among what was verified, and so are the tables where they were taken for the layers. */
function keyOf(depth: Depth, image: ChosenImage): string {
  const tables = image.manifest.layers.map(({ annotations }) => tablePlace(annotations)?.checksum)
  const layers = layerRequests(image).map(
    ({ digest, diffId }, at) => `${digest} ${diffId} ${depth === 'read' ? '' : tables[at]}`,
  )
  return [depth, ...layers].join('\n')
}

function recall<Kind extends LayerListing>(
  recent: RecentImages | undefined,
  depth: Depth,
  image: ChosenImage,
  { tally }: TreeOptions,
): ImageTree<Kind> | undefined {
  const known = recent?.trees.get(keyOf(depth, image))
  if (known === undefined) return undefined
  const { layers } = image.manifest
  tally?.begin(layers)
  for (const { digest } of layers) tally?.end(digest)
  const read = layers.flatMap((descriptor, at) => {
    const layer = known.layers[at]
    return layer ? [{ descriptor, ...layer, facts: layer.facts as Kind }] : []
  })
  return { layers: read, tree: known.tree }
}

/** Keeps what is complete: a layer that failed may be there the next time. */
function remember<Kind extends LayerListing>(
  recent: RecentImages | undefined,
  depth: Depth,
  image: ChosenImage,
  { layers, tree }: ImageTree<Kind>,
): ImageTree<Kind> {
  const read = layers.flatMap((layer) =>
    'facts' in layer ? [{ facts: layer.facts, ...(layer.basis ? { basis: layer.basis } : {}) }] : [],
  )
  if (read.length === layers.length)
    recent?.trees.set(keyOf(depth, image), { layers: read, tree }, tree.entries.size)
  return { layers, tree }
}
