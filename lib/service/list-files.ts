import type { z } from 'zod'
import type { FilesResponse, filesQuery } from '#lib/api/files.ts'
import { layerPath } from '#lib/image/layer/layer-path.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { chooseImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { listImageTree, type TreeOptions } from './read-image-tree.ts'

/**
 * A page of an image's merged file system, in path order. A layer with a table of contents is listed by that and not
 * read. A layer that cannot be read is told in `layers`. Throws as
 * `chooseImage` does.
 */
export async function listFiles(
  context: ReadingContext,
  query: z.output<typeof filesQuery>,
  options: TreeOptions = {},
): Promise<FilesResponse> {
  const image = await chooseImage(context, query, options)
  const imageTree = await listImageTree(context, image, options)
  const prefix = layerPath(query.prefix ?? '').path
  const isWanted = (path: string) => prefix === '' || path === prefix || path.startsWith(`${prefix}/`)
  const wanted = [...imageTree.tree.entries.values()].filter(({ path }) => isWanted(path)).sort(byPath)
  const { cursor } = query
  const start = cursor === undefined ? 0 : wanted.findIndex(({ path }) => path > cursor)
  const page = start < 0 ? [] : wanted.slice(start, start + query.limit)
  const last = page.at(-1)
  const hasMore = last !== undefined && start + page.length < wanted.length
  return {
    ...contentsBase(image, imageTree),
    total: wanted.length,
    entries: page.map(fileDto),
    ...(hasMore ? { nextCursor: last.path } : {}),
  }
}

function byPath(a: TreeEntry, b: TreeEntry): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

/** An entry as it goes out. */
export function fileDto(entry: TreeEntry): FilesResponse['entries'][number] {
  const { path, type, mode, uid, gid, sizeBytes, linkTarget, hardLinkTo, sha256, layer } = entry
  return {
    path,
    type,
    mode: mode.toString(8).padStart(4, '0'),
    uid,
    gid,
    sizeBytes,
    ...(linkTarget === undefined ? {} : { linkTarget }),
    ...(hardLinkTo === undefined ? {} : { hardLinkTo }),
    ...(sha256 === undefined ? {} : { sha256 }),
    layer,
  }
}
