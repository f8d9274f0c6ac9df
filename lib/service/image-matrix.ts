import PQueue from 'p-queue'
import type { z } from 'zod'
import {
  MATRIX_PLATFORMS_MAX,
  type MatrixPlatformDto,
  type MatrixResponse,
  type matrixQuery,
} from '#lib/api/matrix.ts'
import {
  configMatrix,
  type MatrixRow,
  type MatrixSide,
  type MatrixState,
  packageMatrix,
} from '#lib/diff/matrix.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { toProblem } from '#lib/errors/problem.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import { compressedSizeBytes, isArtifact } from '#lib/oci/manifest.ts'
import { isUnknownPlatform, parsePlatform, platformText } from '#lib/oci/platform.ts'
import { atDigest, formatReference, parseReference, withDefaultTag } from '#lib/oci/reference.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { effectivePlatform } from './image-platform-dto.ts'
import type { ReadImage } from './read-image.ts'
import { readImageContent } from './read-image-content.ts'
import { readImageTree, type TreeOptions } from './read-image-tree.ts'
import { resolveReference } from './resolve-reference.ts'

type Query = z.output<typeof matrixQuery>

/** Images whose merged files are in memory at once; of each, packages alone are kept. */
const READ_AT_ONCE = 2

/**
 * All platforms of an index at once: which agree on each setting and each package. What cannot be read is told in its
 * column and hides nothing else. Throws what resolving throws, `manifest_unsupported` where there is no image, and
 * `not_found` for a platform that is not there.
 */
export async function imageMatrix(
  context: ReadingContext,
  { ref, platform: wanted, depth }: Query,
  options: TreeOptions = {},
): Promise<MatrixResponse> {
  const reference = withDefaultTag(parseReference(ref))
  const name = formatReference(reference)
  const source = context.openSource(reference.repository)
  const resolved = await resolveReference(source, reference, context.now, options)
  const { images } = await readImageContent(source, resolved, options)
  const named = choose(byPlatform(images), wanted, name)
  const chosen = named.slice(0, MATRIX_PLATFORMS_MAX)
  if (depth === 'files')
    for (const [, { manifest }] of chosen) if (manifest) options.tally?.begin(manifest.layers)
  const queue = new PQueue({ concurrency: READ_AT_ONCE })
  const columns = await queue.addAll(
    chosen.map(
      ([text, image]) =>
        () =>
          readColumn(context, source, text, image, depth, options),
    ),
  )
  const sides = columns.map(({ side }) => side)
  const config = configMatrix(sides)
  const packages = depth === 'files' ? packageMatrix(sides) : undefined
  const platforms = columns.map(({ dto }) => dto)
  return {
    reference: name,
    pinned: formatReference(atDigest(reference.repository, resolved.fetched.digest)),
    digest: resolved.fetched.digest,
    platforms,
    leftOut: named.slice(MATRIX_PLATFORMS_MAX).map(([text]) => text),
    summary: {
      text: summaryText(platforms.length, config, packages),
      config: countsOf(config),
      ...(packages ? { packages: countsOf(packages) } : {}),
    },
    config: config.map(toDto),
    ...(packages ? { packages: packages.map(toDto) } : {}),
    complete: platforms.every(({ complete }) => complete),
  }
}

/** Of several entries for a platform clients take the first. */
function byPlatform(images: readonly ReadImage[]): ReadonlyMap<string, ReadImage> {
  const found = new Map<string, ReadImage>()
  for (const image of images) {
    const platform = effectivePlatform(image)
    const isImage = image.manifest === undefined || !isArtifact(image.manifest)
    const text = platformText(platform)
    if (isImage && !isUnknownPlatform(platform) && !found.has(text)) found.set(text, image)
  }
  return found
}

function choose(
  all: ReadonlyMap<string, ReadImage>,
  wanted: readonly string[],
  name: string,
): readonly (readonly [string, ReadImage])[] {
  if (all.size === 0) throw new AppError('manifest_unsupported', `${name} holds no container image.`)
  if (wanted.length === 0) return [...all]
  const texts = new Set(wanted.map((platform) => platformText(parsePlatform(platform))))
  const absent = [...texts].filter((text) => !all.has(text))
  if (absent.length > 0)
    throw new AppError('not_found', `${name} has no image for ${absent.join(', ')}.`, {
      hint: `It has ${[...all.keys()].join(', ')}.`,
    })
  return [...all].filter(([text]) => texts.has(text))
}

async function readColumn(
  context: ReadingContext,
  source: CachedSource,
  platform: string,
  { digest, manifest, config, problem }: ReadImage,
  depth: Query['depth'],
  options: TreeOptions,
): Promise<{ readonly side: MatrixSide; readonly dto: MatrixPlatformDto }> {
  const base = {
    platform,
    digest,
    ...(manifest ? { sizeBytes: compressedSizeBytes(manifest) } : {}),
    ...(problem ? { problem: toProblem(problem) } : {}),
  }
  const side = { platform: parsePlatform(platform), ...(config ? { config } : {}) }
  if (!manifest || !config || depth === 'registry') {
    return {
      side: { ...side, isComplete: false },
      dto: { ...base, complete: config !== undefined },
    }
  }
  const image = { source, platform, digest, manifest, config }
  const read = await readImageTree(context, image, options)
  const { layers, complete } = contentsBase(image, read)
  const facts = read.layers.map((layer) => ('facts' in layer ? layer.facts : undefined))
  const { packages } = installedPackages(read.tree, facts)
  return { side: { ...side, packages, isComplete: complete }, dto: { ...base, complete, layers } }
}

function toDto<R extends MatrixRow>(row: R) {
  return { ...row, values: [...row.values], agreement: [...row.agreement] }
}

function countsOf(rows: readonly MatrixRow[]): Record<MatrixState, number> {
  const counts = { differs: 0, expected: 0, same: 0 }
  for (const { state } of rows) counts[state]++
  return counts
}

/** `4 platforms: 3 of 217 packages and 1 of 24 settings differ.` */
function summaryText(
  platforms: number,
  config: readonly MatrixRow[],
  packages: readonly MatrixRow[] | undefined,
): string {
  const told = [
    ...(packages ? [{ rows: packages, noun: 'package' }] : []),
    { rows: config, noun: 'setting' },
  ].map(({ rows, noun }) => {
    const { differs } = countsOf(rows)
    return `${differs === 0 ? 'none' : differs} of ${rows.length} ${noun}${rows.length === 1 ? '' : 's'}`
  })
  const count = `${platforms} platform${platforms === 1 ? '' : 's'}`
  if (platforms === 1) return `${count}: nothing to compare it with.`
  return `${count}: ${told.join(' and ')} differ.`
}
