import type { ImagePlatformDto, ImageResponse } from '#lib/api/image.ts'
import type { FindingDto } from '#lib/api/parts.ts'
import { comparePlatformTexts, PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'

/** A platform that is there, with what its row needs beyond it. */
export interface ListedPlatform {
  readonly kind: 'platform'
  /** Names the row in the address (`&platform=`): the platform's key; later entries of the same key add `~2`, `~3` …. */
  readonly id: string
  readonly platform: ImagePlatformDto
  /** Size relative to the largest platform, 0 to 1; absent where the size is not known. */
  readonly share?: number
  readonly findings: readonly FindingDto[]
}

/** A primary platform that the index does not list. */
export interface MissingPlatform {
  readonly kind: 'gap'
  readonly platform: string
}

export type PlatformRow = ListedPlatform | MissingPlatform

/** The table of an image's platforms: rows in the fixed order, and which of the rarer columns say anything. */
export interface PlatformRows {
  readonly rows: readonly PlatformRow[]
  readonly listed: readonly ListedPlatform[]
  readonly columns: {
    readonly variant: boolean
    readonly osVersion: boolean
    /** Not every image is there. */
    readonly presence: boolean
  }
}

/** The platforms in the order of the answer, with a gap for each of `missingPlatforms`. */
export function platformRows(image: ImageResponse): PlatformRows {
  const { platforms, findings } = image
  const largest = Math.max(0, ...platforms.map((platform) => platform.sizeBytes ?? 0))
  const seen = new Map<string, number>()
  const listed = platforms.map((platform): ListedPlatform => {
    const times = (seen.get(platform.key) ?? 0) + 1
    seen.set(platform.key, times)
    return {
      kind: 'platform',
      id: times === 1 ? platform.key : `${platform.key}~${times}`,
      platform,
      ...(platform.sizeBytes === undefined || largest === 0 ? {} : { share: platform.sizeBytes / largest }),
      findings: findings.filter((finding) => concerns(finding, platform)),
    }
  })
  return {
    rows: withGaps(listed, missingPlatforms(image)),
    listed,
    columns: {
      variant: platforms.some((platform) => platform.variant !== undefined),
      osVersion: platforms.some((platform) => platform.osVersion !== undefined),
      presence: platforms.some((platform) => platform.presence !== 'present'),
    },
  }
}

/** Whether a finding is about this very image: by the digests in its evidence and by the platform it names. */
function concerns(
  { evidence, platform: named }: FindingDto,
  { platform, digest }: ImagePlatformDto,
): boolean {
  if (named !== undefined && named !== platform) return false
  if (typeof evidence.digest === 'string') return evidence.digest === digest
  if (Array.isArray(evidence.digests)) return evidence.digests.includes(digest)
  return named !== undefined
}

/**
 * The primary platforms that an index of linux images does not list. An index without a single linux image misses none:
 * it is for another system.
 */
export function missingPlatforms({ kind, platforms }: Pick<ImageResponse, 'kind' | 'platforms'>): string[] {
  if (kind !== 'index' || !platforms.some((platform) => platform.os === 'linux')) return []
  const present = new Set(platforms.map((platform) => platform.platform))
  return PRIMARY_PLATFORMS.filter((platform) => !present.has(platform))
}

function withGaps(listed: readonly ListedPlatform[], gaps: readonly string[]): PlatformRow[] {
  if (gaps.length === 0) return [...listed]
  const rows: PlatformRow[] = [...listed, ...gaps.map((platform) => ({ kind: 'gap' as const, platform }))]
  return rows.sort((a, b) => comparePlatformTexts(textOf(a), textOf(b)))
}

function textOf(row: PlatformRow): string {
  return row.kind === 'gap' ? row.platform : row.platform.platform
}

/**
 * The row that the address asks for: by row id, by canonical platform, or by digest. Without one, or with one that is
 * not there: the first row with an error, else the first that could be read, else the first.
 */
export function selectedRow(
  listed: readonly ListedPlatform[],
  wanted: string | undefined,
): ListedPlatform | undefined {
  const asked =
    listed.find((row) => row.id === wanted) ??
    listed.find((row) => row.platform.platform === wanted || row.platform.digest === wanted)
  return (
    asked ??
    listed.find((row) => row.findings.some((finding) => finding.severity === 'error')) ??
    listed.find((row) => row.platform.presence === 'present') ??
    listed[0]
  )
}
