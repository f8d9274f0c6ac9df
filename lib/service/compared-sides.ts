import type { DiffQuery, DiffSideDto } from '#lib/api/diff.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { compressedSizeBytes } from '#lib/oci/manifest.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import {
  atDigest,
  formatReference,
  parseReference,
  type Reference,
  withDefaultTag,
} from '#lib/oci/reference.ts'
import type { ChosenImage } from './choose-image.ts'

/** Which two references a comparison is of, and which platforms; whole indexes where it names none. */
export interface ComparedSides {
  readonly from: Reference
  readonly to: Reference
  readonly platforms: { readonly from: string; readonly to: string } | undefined
  readonly isOneReference: boolean
}

/**
 * What a comparison's query means: what it leaves out is as on the other side. Throws `request_invalid` where both sides
 * are the same platform of one reference.
 */
export function comparedSides(
  query: Pick<DiffQuery, 'from' | 'to' | 'fromPlatform' | 'toPlatform'>,
): ComparedSides {
  const from = withDefaultTag(parseReference(query.from))
  const to = query.to === undefined ? from : withDefaultTag(parseReference(query.to))
  const fromPlatform = query.fromPlatform ?? query.toPlatform
  const toPlatform = query.toPlatform ?? query.fromPlatform
  const isOneReference = formatReference(from) === formatReference(to)
  if (fromPlatform === undefined || toPlatform === undefined)
    return { from, to, platforms: undefined, isOneReference }
  if (isOneReference && platformOf(fromPlatform) === platformOf(toPlatform)) {
    throw new AppError(
      'request_invalid',
      `Both sides are ${platformOf(toPlatform)} of ${formatReference(to)}.`,
      { hint: 'Name another platform, or another reference, to compare it with.' },
    )
  }
  return { from, to, platforms: { from: fromPlatform, to: toPlatform }, isOneReference }
}

function platformOf(text: string): string {
  return platformText(parsePlatform(text))
}

/** One image of a comparison as it goes out. */
export function comparedImageDto(
  reference: Reference,
  { digest, platform, manifest }: ChosenImage,
): DiffSideDto {
  return {
    reference: formatReference(reference),
    pinned: formatReference(atDigest(reference.repository, digest)),
    digest,
    platform,
    sizeBytes: compressedSizeBytes(manifest),
  }
}
