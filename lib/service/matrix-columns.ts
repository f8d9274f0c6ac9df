import type { z } from 'zod'
import {
  type LeftOutDto,
  MATRIX_PLATFORMS_MAX,
  type MatrixPlatformDto,
  type matrixQuery,
} from '#lib/api/matrix.ts'
import { summariseBinaries } from '#lib/diff/foreign-binaries.ts'
import type { MatrixSide } from '#lib/diff/matrix.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { toProblem } from '#lib/errors/problem.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import { compressedSizeBytes, isArtifact } from '#lib/oci/manifest.ts'
import { comparePlatformTexts, isUnknownPlatform, parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { effectivePlatform } from './image-platform-dto.ts'
import type { ReadImage } from './read-image.ts'
import { readImageTree, type TreeOptions } from './read-image-tree.ts'
import type { IndexContent } from './read-index-content.ts'

/** The image of one platform. */
export interface MatrixColumn {
  /** Canonical text. */
  readonly platform: string
  readonly image: ReadImage
}

/** Which images make columns, in the order of platforms, and which do not. */
export interface ChosenColumns {
  readonly chosen: readonly MatrixColumn[]
  readonly leftOut: LeftOutDto[]
}

/**
 * The images that make columns: of several of a platform the first, as clients do; of many the first sixteen. Throws
 * `manifest_unsupported` where there is no image, and `not_found` for a wanted platform that is not there.
 */
export function chooseColumns(
  { images, others }: Pick<IndexContent, 'images' | 'others'>,
  wanted: readonly string[],
  name: string,
): ChosenColumns {
  const found = new Map<string, ReadImage>()
  // A nested index that could not be read may hold more platforms.
  const unread = others.filter(({ reason, problem }) => reason === 'index' && problem !== undefined)
  const nameless = others.filter(({ reason }) => reason === 'unclassified').map(({ digest }) => digest)
  const shadowed: LeftOutDto[] = []
  for (const image of images) {
    if (image.manifest && isArtifact(image.manifest)) continue
    const [platform, { digest }] = [effectivePlatform(image), image]
    const text = platformText(platform)
    if (isUnknownPlatform(platform)) nameless.push(digest)
    else if (found.has(text)) shadowed.push({ platform: text, digest, reason: 'shadowed' })
    else found.set(text, image)
  }
  if (found.size === 0) throw new AppError('manifest_unsupported', `${name} holds no container image.`)
  const all = [...found]
    .map(([platform, image]) => ({ platform, image }))
    .sort((a, b) => comparePlatformTexts(a.platform, b.platform))
  const asked = new Set(wanted.map((platform) => platformText(parsePlatform(platform))))
  const absent = [...asked].filter((text) => !found.has(text))
  if (absent.length > 0) {
    throw new AppError('not_found', `${name} has no image for ${absent.join(', ')}.`, {
      hint: `It has ${all.map(({ platform }) => platform).join(', ')}.`,
    })
  }
  const chosen =
    asked.size > 0 ? all.filter(({ platform }) => asked.has(platform)) : all.slice(0, MATRIX_PLATFORMS_MAX)
  const rest = all.filter((column) => !chosen.includes(column))
  const reason = asked.size > 0 ? 'not-asked' : 'too-many'
  return {
    chosen,
    leftOut: [
      ...rest.map(({ platform, image: { digest } }): LeftOutDto => ({ platform, digest, reason })),
      ...shadowed,
      ...nameless.map((digest): LeftOutDto => ({ digest, reason: 'no-platform' })),
      ...unread.map(({ digest }): LeftOutDto => ({ digest, reason: 'unread' })),
    ],
  }
}

/** Reads one column. What cannot be read of it is told in it. */
export async function readColumn(
  context: ReadingContext,
  source: CachedSource,
  { platform, image: { digest, manifest, config, problem } }: MatrixColumn,
  depth: z.output<typeof matrixQuery>['depth'],
  options: TreeOptions,
): Promise<{ readonly side: MatrixSide; readonly dto: MatrixPlatformDto }> {
  const canonical = parsePlatform(platform)
  const base = {
    platform,
    digest,
    ...(manifest ? { sizeBytes: compressedSizeBytes(manifest), layerCount: manifest.layers.length } : {}),
    ...(problem ? { problem: toProblem(problem) } : {}),
  }
  if (!manifest || !config || depth === 'registry') {
    return {
      side: { platform: canonical, ...(config ? { config } : {}), isComplete: false },
      dto: { ...base, complete: config !== undefined },
    }
  }
  const image = { source, platform, digest, manifest, config }
  const read = await readImageTree(context, image, options)
  const { layers, complete } = contentsBase(image, read)
  const facts = read.layers.map((layer) => ('facts' in layer ? layer.facts : undefined))
  const { packages, databases } = installedPackages(read.tree, facts)
  const unread = databases.flatMap(({ type, path, problem: fault }) =>
    fault ? [{ type, path, ...fault }] : [],
  )
  const { counts, foreign } = summariseBinaries([...read.tree.entries.values()], canonical)
  return {
    side: {
      platform: canonical,
      config,
      packages,
      isComplete: complete,
      unreadTypes: new Set(unread.map(({ type }) => type)),
    },
    dto: {
      ...base,
      complete: complete && unread.length === 0,
      layers,
      ...(unread.length > 0 ? { unreadDatabases: unread } : {}),
      binaries: { counts: [...counts], foreign: foreign.length },
    },
  }
}
