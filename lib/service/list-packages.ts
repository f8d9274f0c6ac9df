import type { z } from 'zod'
import type { PackagesResponse, packagesQuery } from '#lib/api/packages.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import { chooseImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { scanImageTree, type TreeOptions } from './read-image-tree.ts'

/** Everything that package databases and Go binaries say is installed in an image. Throws as `chooseImage` does. */
export async function listPackages(
  context: ReadingContext,
  query: z.output<typeof packagesQuery>,
  options: TreeOptions = {},
): Promise<PackagesResponse> {
  const image = await chooseImage(context, query, options)
  const imageTree = await scanImageTree(context, image, { ...options, isWhole: query.whole })
  const { packages, databases } = installedPackages(
    imageTree.tree,
    imageTree.layers.map((layer) => ('facts' in layer ? layer.facts : undefined)),
  )
  return {
    ...contentsBase(image, imageTree),
    packages: [...packages],
    databases: databases.map(({ type, path, layer, packages: { length }, problem }) => ({
      type,
      path,
      layer,
      packages: length,
      ...(problem ? { problem: { ...problem } } : {}),
    })),
  }
}
