import type { z } from 'zod'
import {
  FILE_CONTENT_LIMIT_BYTES,
  type FileContentDto,
  type FileResponse,
  type fileQuery,
} from '#lib/api/file.ts'
import { AppError, toAppError } from '#lib/errors/app-error.ts'
import type { LayerListing } from '#lib/image/layer/layer-facts.ts'
import { type FileIdentity, readFileOf } from '#lib/image/layer/read-file-of.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { findTreeEntry } from '#lib/image/tree/tree-lookup.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import { type ChosenImage, chooseImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { filePlace } from './file-place.ts'
import { fileDto } from './list-files.ts'
import { type ImageTree, listImageTree, type TreeOptions, tableAccess } from './read-image-tree.ts'

/**
 * One path of an image, links followed within it, with its content where that is a small text file. The bytes are
 * taken out of the layer anew, by range where it has a table of contents, and must hash to what layer or table said
 * before. Throws `not_found` for a path that is not there, and as `chooseImage` does; a layer that cannot be read again
 * is told in `content`.
 */
export async function readFile(
  context: ReadingContext,
  query: z.output<typeof fileQuery>,
  options: TreeOptions = {},
): Promise<FileResponse> {
  const image = await chooseImage(context, query, options)
  const imageTree = await listImageTree(context, image, options)
  const entry = findTreeEntry(imageTree.tree, query.path, { followsLast: true })
  const base = contentsBase(image, imageTree)
  if (entry === undefined) {
    throw new AppError('not_found', `There is no ${query.path} in the image for ${image.platform}.`, {
      ...(base.complete ? {} : { hint: 'It may be in a layer that could not be read.' }),
    })
  }
  return {
    ...base,
    file: fileDto(entry),
    content: await readContent(context, image, imageTree, entry, options),
  }
}

/** What is in a file of an image, where it is a small text. Throws `cancelled` and `internal` alone. */
export async function readContent(
  context: ReadingContext,
  image: ChosenImage,
  { layers }: ImageTree<LayerListing>,
  entry: TreeEntry,
  options: TreeOptions,
): Promise<FileContentDto> {
  if (entry.type !== 'file') return { kind: 'not-a-file' }
  if (entry.sizeBytes > FILE_CONTENT_LIMIT_BYTES) {
    return { kind: 'too-large', limitBytes: FILE_CONTENT_LIMIT_BYTES }
  }
  if (entry.sizeBytes === 0) return { kind: 'text', text: '' }
  if (entry.program && entry.program.kind !== 'script') return { kind: 'binary' }
  const place = filePlace(layers, entry)
  const descriptor = place && layers[place.layer]?.descriptor
  if (place === undefined || descriptor === undefined) {
    return { kind: 'unavailable', reason: 'the layer that holds its bytes could not be read' }
  }
  const wanted = { path: place.path, sha256: entry.sha256 ?? '', sizeBytes: entry.sizeBytes }
  try {
    return textOf(await bytesOf(context, image, descriptor, wanted, options))
  } catch (error) {
    const problem = toAppError(error)
    if (problem.code === 'cancelled' || problem.code === 'internal') throw problem
    return { kind: 'unavailable', reason: problem.message }
  }
}

function bytesOf(
  { layers }: ReadingContext,
  image: ChosenImage,
  descriptor: Descriptor,
  wanted: FileIdentity,
  { signal }: TreeOptions,
): Promise<Uint8Array> {
  const open = (shared: AbortSignal | undefined) => image.source.openBlob(descriptor, { signal: shared })
  if (!layers.file) return readFileOf(open(signal), wanted)
  return layers.file(descriptor, tableAccess(image, descriptor, { signal }), open, wanted, { signal })
}

/** Text is what is UTF-8 without a zero byte. */
function textOf(bytes: Uint8Array): FileContentDto {
  if (bytes.includes(0)) return { kind: 'binary' }
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { kind: 'binary' }
  }
}
