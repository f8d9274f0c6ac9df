import type { z } from 'zod'
import type { DiffResponse, diffQuery } from '#lib/api/diff.ts'
import { compareCoverage } from '#lib/diff/compare-coverage.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { platformText } from '#lib/oci/platform.ts'
import { atDigest, formatReference, type Reference } from '#lib/oci/reference.ts'
import { chooseImage } from './choose-image.ts'
import { compareImages } from './compare-images.ts'
import { comparedImageDto, comparedSides } from './compared-sides.ts'
import type { ReadingContext } from './context.ts'
import { diffParts } from './diff-dto.ts'
import { effectivePlatform } from './image-platform-dto.ts'
import { readImageContent } from './read-image-content.ts'
import type { TreeOptions } from './read-image-tree.ts'
import { resolveReference } from './resolve-reference.ts'

type Query = z.output<typeof diffQuery>

/**
 * Compares two platforms of one reference, one platform of two, or, without a platform, what two references cover.
 * Layers that cannot be read are told and hide nothing else. Throws what `chooseImage` throws, and `request_invalid`
 * where nothing is left to compare.
 */
export async function diffReferences(
  context: ReadingContext,
  query: Query,
  options: TreeOptions = {},
): Promise<DiffResponse> {
  const { from, to, platforms, isOneReference } = comparedSides(query)
  if (platforms === undefined) return diffIndexes(context, from, to, options)
  const [left, right] = await Promise.all([
    chooseImage(context, { ref: formatReference(from), platform: platforms.from }, options),
    chooseImage(context, { ref: formatReference(to), platform: platforms.to }, options),
  ])
  const compared = await compareImages(context, [left, right], query, options)
  const layersOf = (side: 0 | 1) => (compared.layers ? { layers: compared.layers[side] } : {})
  return {
    axis: isOneReference ? 'platforms' : 'references',
    from: { ...comparedImageDto(from, left), ...layersOf(0) },
    to: { ...comparedImageDto(to, right), ...layersOf(1) },
    ...diffParts(compared.diff, compared.sides, {
      unfold: new Set(query.unfold),
      offset: Number(query.cursor ?? 0),
      limit: query.limit,
    }),
    complete: compared.isComplete,
  }
}

/** What two references cover, platform by platform. */
async function diffIndexes(
  context: ReadingContext,
  from: Reference,
  to: Reference,
  options: TreeOptions,
): Promise<DiffResponse> {
  if (formatReference(from) === formatReference(to)) {
    throw new AppError('request_invalid', 'Say which two platforms, or which other reference, to compare.', {
      hint: 'fromPlatform and toPlatform (--from, --to) name platforms, `to` another reference.',
    })
  }
  const [left, right] = await Promise.all([
    readIndex(context, from, options),
    readIndex(context, to, options),
  ])
  const coverage = compareCoverage(left.platforms, right.platforms)
  const count = (change: string) => coverage.filter((row) => row.change === change)
  const texts = [
    [count('removed'), 'only in the first'],
    [count('added'), 'only in the second'],
    [count('changed'), 'differ'],
    [count('same'), 'the very same image'],
  ] as const
  const told = texts.filter(([rows]) => rows.length > 0)
  return {
    axis: 'indexes',
    from: left.dto,
    to: right.dto,
    summary: {
      text: `${told.map(([rows, what]) => `${rows.map(({ platform }) => platform).join(', ')}: ${what}`).join('; ') || 'Neither has a platform'}.`,
      highlights: [],
      isAcrossArchitectures: false,
    },
    coverage,
    folded: {},
    complete: true,
  }
}

async function readIndex(
  context: ReadingContext,
  reference: Reference,
  options: TreeOptions,
): Promise<{ readonly dto: DiffResponse['from']; readonly platforms: ReadonlyMap<string, string> }> {
  const source = context.openSource(reference.repository)
  const resolved = await resolveReference(source, reference, context.now, options)
  const { images } = await readImageContent(source, resolved, options)
  const platforms = new Map<string, string>()
  for (const image of images) {
    const text = platformText(effectivePlatform(image))
    // Of several, clients take the first.
    if (!platforms.has(text)) platforms.set(text, image.digest)
  }
  const { digest } = resolved.fetched
  const pinned = formatReference(atDigest(reference.repository, digest))
  return { dto: { reference: formatReference(reference), pinned, digest }, platforms }
}
