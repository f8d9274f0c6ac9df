import type { z } from 'zod'
import type { FilesResponse, filesQuery } from '#lib/api/files.ts'
import { matchesFile } from '#lib/api/match-file.ts'
import { layerPath, parentOf } from '#lib/image/layer/layer-path.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { folderTotals, inPathOrder } from '#lib/image/tree/tree-order.ts'
import { chooseImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { type ImageTree, isTreeKnown, listImageTree, type TreeOptions } from './read-image-tree.ts'

type Query = z.output<typeof filesQuery>

/**
 * A page of an image's merged file system, in path order. A layer with a table of contents is listed by that and not
 * read. A layer that cannot be read is told in `layers`. Throws as
 * `chooseImage` does.
 */
export async function listFiles(
  context: ReadingContext,
  query: Query,
  options: TreeOptions = {},
): Promise<FilesResponse> {
  const image = await chooseImage(context, query, options)
  const imageTree = await listImageTree(context, image, options)
  return { ...contentsBase(image, imageTree), ...filePage(imageTree, query) }
}

/** The same where no layer has to be read for it; undefined where one has. */
export async function listKnownFiles(
  context: ReadingContext,
  query: Query,
  options: TreeOptions = {},
): Promise<FilesResponse | undefined> {
  const image = await chooseImage(context, query, options)
  if (!isTreeKnown(context, image)) return undefined
  const imageTree = await listImageTree(context, image, options)
  return { ...contentsBase(image, imageTree), ...filePage(imageTree, query) }
}

function filePage(
  { tree }: Pick<ImageTree, 'tree'>,
  query: Query,
): Pick<FilesResponse, 'paths' | 'total' | 'entries' | 'nextCursor'> {
  const { q = '', type, layer, depth, cursor, limit } = query
  const isPlace = placeFilter(query)
  const wanted = inPathOrder(tree).filter(
    (entry) => isPlace(entry.path) && matchesFile(entry, { q, type, layer }),
  )
  const start = cursor === undefined ? 0 : wanted.findIndex(({ path }) => path > cursor)
  const page = start < 0 ? [] : wanted.slice(start, start + limit)
  const last = page.at(-1)
  const hasMore = last !== undefined && start + page.length < wanted.length
  const totals = depth === undefined ? undefined : folderTotals(tree)
  return {
    paths: tree.entries.size,
    total: wanted.length,
    entries: page.map((entry) => {
      const below = entry.type === 'directory' ? totals?.get(entry.path) : undefined
      return below ? { ...fileDto(entry), below: { ...below } } : fileDto(entry)
    }),
    ...(hasMore ? { nextCursor: last.path } : {}),
  }
}

/** Whether a path is where the query looks. */
function placeFilter({ prefix: asked = '', depth, around }: Query): (path: string) => boolean {
  const prefix = layerPath(asked).path
  const below = prefix === '' ? '' : `${prefix}/`
  const isBelow = (path: string) => path === prefix || path.startsWith(below)
  if (depth === undefined) return isBelow
  const above = new Set<string>()
  for (let path = layerPath(around ?? '').path; path !== ''; path = parentOf(path)) above.add(parentOf(path))
  return (path) => isBelow(path) && (levelOf(path, below.length) <= depth || above.has(parentOf(path)))
}

/** How many folders deep a path lies below what ends at `start`. */
function levelOf(path: string, start: number): number {
  let level = 1
  for (let slash = path.indexOf('/', start); slash >= 0; slash = path.indexOf('/', slash + 1)) level++
  return level
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
