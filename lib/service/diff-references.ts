import type { z } from 'zod'
import type { DiffResponse, diffQuery } from '#lib/api/diff.ts'
import { compareCoverage } from '#lib/diff/compare-coverage.ts'
import { diffImages } from '#lib/diff/diff-images.ts'
import type { DiffSide } from '#lib/diff/diff-side.ts'
import type { SideContent } from '#lib/diff/image-diff.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import { compressedSizeBytes } from '#lib/oci/manifest.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import {
  atDigest,
  formatReference,
  parseReference,
  type Reference,
  withDefaultTag,
} from '#lib/oci/reference.ts'
import { type ChosenImage, chooseImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { diffParts } from './diff-dto.ts'
import { effectivePlatform } from './image-platform-dto.ts'
import { readImageContent } from './read-image-content.ts'
import { type ImageTree, type ScanFacts, scanImageTree, type TreeOptions } from './read-image-tree.ts'
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
  const from = withDefaultTag(parseReference(query.from))
  const to = query.to === undefined ? from : withDefaultTag(parseReference(query.to))
  const fromPlatform = query.fromPlatform ?? query.toPlatform
  const toPlatform = query.toPlatform ?? query.fromPlatform
  if (fromPlatform === undefined || toPlatform === undefined) return diffIndexes(context, from, to, options)
  const isSame = formatReference(from) === formatReference(to)
  if (isSame && platformOf(fromPlatform) === platformOf(toPlatform)) {
    throw new AppError(
      'request_invalid',
      `Both sides are ${platformOf(toPlatform)} of ${formatReference(to)}.`,
      {
        hint: 'Name another platform, or another reference, to compare it with.',
      },
    )
  }
  const [left, right] = await Promise.all([
    readSide(context, from, fromPlatform, query, options),
    readSide(context, to, toPlatform, query, options),
  ])
  const contents = left.content && right.content ? ([left.content, right.content] as const) : undefined
  const diff = diffImages(left.side, right.side, contents)
  return {
    axis: isSame ? 'platforms' : 'references',
    from: left.dto,
    to: right.dto,
    ...diffParts(diff, [left.side, right.side], {
      unfold: new Set(query.unfold),
      offset: Number(query.cursor ?? 0),
      limit: query.limit,
    }),
    complete: left.isComplete && right.isComplete,
  }
}

function platformOf(text: string): string {
  return platformText(parsePlatform(text))
}

interface ReadSide {
  readonly side: DiffSide
  readonly dto: DiffResponse['from']
  readonly content: SideContent | undefined
  readonly isComplete: boolean
}

async function readSide(
  context: ReadingContext,
  reference: Reference,
  platform: string,
  { depth, whole }: Query,
  options: TreeOptions,
): Promise<ReadSide> {
  const image = await chooseImage(context, { ref: formatReference(reference), platform }, options)
  const read =
    depth === 'files' ? await scanImageTree(context, image, { ...options, isWhole: whole }) : undefined
  const base = read && contentsBase(image, read)
  return {
    side: sideOf(image),
    dto: {
      reference: formatReference(reference),
      pinned: formatReference(atDigest(reference.repository, image.digest)),
      digest: image.digest,
      platform: image.platform,
      sizeBytes: compressedSizeBytes(image.manifest),
      ...(base ? { layers: base.layers } : {}),
    },
    content: read && contentOf(read),
    isComplete: base?.complete ?? true,
  }
}

function sideOf({ platform, manifest, config }: ChosenImage): DiffSide {
  const steps = config.history.filter((step) => !step.emptyLayer)
  const hasSteps = steps.length === manifest.layers.length
  const hasDiffIds = config.diffIds.length === manifest.layers.length
  return {
    platform: parsePlatform(platform),
    config,
    layers: manifest.layers.map(({ digest, sizeBytes, mediaType }, at) => {
      const [createdBy, diffId] = [hasSteps && steps[at]?.createdBy, hasDiffIds && config.diffIds[at]]
      return {
        digest,
        sizeBytes,
        mediaType,
        ...(diffId ? { diffId } : {}),
        ...(createdBy ? { createdBy } : {}),
      }
    }),
  }
}

function contentOf({ tree, layers }: ImageTree<ScanFacts>): SideContent {
  const facts = layers.map((layer) => ('facts' in layer ? layer.facts : undefined))
  return {
    entries: [...tree.entries.values()],
    packages: installedPackages(tree, facts).packages,
    isComplete: facts.every((each) => each !== undefined),
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
      hint: 'fromPlatform and toPlatform name platforms, `to` another reference.',
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
