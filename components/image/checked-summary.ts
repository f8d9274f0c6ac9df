import { plural } from '#components/ui/plural.ts'
import type { ImagePlatformDto, ImageResponse } from '#lib/api/image.ts'
import type { FindingDto } from '#lib/api/parts.ts'
import { missingPlatforms } from './platform-rows-model.ts'

/** What one may conclude, in words: `lead` is the claim, `text` its grounds, `limits` what was not looked at. */
export interface CheckedSummary {
  readonly tone: 'pass' | 'fail' | 'warn' | 'doubt' | 'neutral'
  readonly lead?: string
  readonly text: string
  /** Findings that are not told here. */
  readonly more?: string
  readonly limits?: string
}

const NOT_LOOKED_AT = 'Binaries were not looked at, nothing was run.'
const LOOKED_AT = 'Of the binaries only entrypoints were looked at.'

/**
 * Tells what the registry's own words and the last run amount to. Never better than what was compared and run.
 * `isWhole`: the last run looked at every file.
 */
export function checkedSummary(image: ImageResponse, isWhole = false): CheckedSummary {
  const errors = image.findings.filter((finding) => finding.severity === 'error')
  const [first] = errors
  if (first) {
    const more = errors.length - 1
    return {
      tone: 'fail',
      lead: 'Do not ship.',
      text: told(first),
      ...(more > 0 ? { more: plural(more, 'more error') } : {}),
    }
  }
  const limits: Pick<CheckedSummary, 'limits'> = isWhole ? {} : { limits: LOOKED_AT }
  const run = lastRunSummary(image, limits)
  if (run && run.tone !== 'pass') return run
  const compared = { ...comparison(image), ...(run ? limits : { limits: NOT_LOOKED_AT }) }
  const warnings = image.findings.filter((finding) => finding.severity === 'warning')
  const [warning] = warnings
  if (!warning)
    return run && compared.tone === 'neutral' ? { ...run, text: `${run.text} ${compared.text}` } : compared
  return {
    tone: 'warn',
    lead: `${plural(warnings.length, 'warning')}.`,
    text: warnings.length === 1 ? told(warning) : compared.text,
    ...(compared.limits === undefined ? {} : { limits: compared.limits }),
  }
}

/** What the last run of this very digest says. A pass of some platforms is not a pass of the image. */
function lastRunSummary(
  { lastRun, platforms }: ImageResponse,
  limits: Pick<CheckedSummary, 'limits'>,
): CheckedSummary | undefined {
  if (!lastRun) return undefined
  const { verdict, jobs } = lastRun
  const those = jobs.filter((job) => job.verdict === verdict).map(({ platform }) => platform)
  const on = those.length === 0 ? '' : ` on ${those.join(', ')}`
  switch (verdict) {
    case 'failed':
      return { tone: 'fail', lead: 'Do not ship.', text: `The last run failed${on}.` }
    case 'inconclusive':
      return { tone: 'doubt', lead: 'Nobody can tell yet.', text: `The last run was inconclusive${on}.` }
    case 'skipped':
      return { tone: 'neutral', text: `The last run skipped ${those.join(', ')}: nothing here could run it.` }
    case 'passed':
      return { ...passedSummary(jobs, new Set(platforms.map(({ platform }) => platform))), ...limits }
  }
}

function passedSummary(
  jobs: NonNullable<ImageResponse['lastRun']>['jobs'],
  platforms: ReadonlySet<string>,
): CheckedSummary {
  const emulated = jobs.filter(({ mode }) => mode === 'emulated').length
  const how =
    emulated === 0
      ? 'natively'
      : emulated === jobs.length
        ? 'under emulation'
        : `${emulated} of them under emulation`
  if (jobs.length < platforms.size) {
    return {
      tone: 'neutral',
      text: `The last run passed, on ${jobs.map(({ platform }) => platform).join(', ')} alone, ${how}.`,
    }
  }
  return {
    tone: 'pass',
    lead: 'Passed.',
    text: `It ran on ${everyPlatform(jobs.length)}, ${how}.`,
  }
}

function told({ platform, message }: FindingDto): string {
  return platform === undefined ? message : `${platform}: ${message}`
}

function comparison(image: ImageResponse): CheckedSummary {
  const { tone, text } = listedComparison(image)
  const missing = missingPlatforms(image)
  return { tone, text: missing.length === 0 ? text : `${text} Not in this index: ${missing.join(', ')}.` }
}

function listedComparison({ kind, platforms }: ImageResponse): CheckedSummary {
  if (kind === 'image') return singleImage(platforms[0])
  if (platforms.length === 0) return { tone: 'neutral', text: 'This index lists no image for any platform.' }
  const compared = platforms.filter(
    (platform) => platform.config !== undefined && platform.rawPlatform !== undefined,
  )
  const agreeing = compared.filter((platform) => platform.config?.agrees).length
  const unread = platforms.filter((platform) => platform.config === undefined)
  const unlabelled = platforms.length - compared.length - unread.length
  if (unread.length === platforms.length) {
    return {
      tone: 'warn',
      text: `The index lists ${plural(platforms.length, 'platform')}; none of their images could be read, so nothing was compared.`,
    }
  }
  if (compared.length === 0 && unread.length === 0) {
    return {
      tone: 'neutral',
      text: `The index does not say which platform ${platforms.length === 1 ? 'its one image is' : `its ${platforms.length} images are`} for; only the ${platforms.length === 1 ? 'config tells' : 'configs tell'}.`,
    }
  }
  if (agreeing === platforms.length) {
    return { tone: 'neutral', text: `Index and config agree on ${everyPlatform(platforms.length)}.` }
  }
  return {
    tone: unread.length > 0 ? 'warn' : 'neutral',
    text: `Index and config agree on ${agreeing} of ${plural(platforms.length, 'platform')}; ${remainder(unread, unlabelled)}.`,
  }
}

function everyPlatform(count: number): string {
  if (count === 1) return 'the one platform it lists'
  return count === 2 ? 'both platforms' : `all ${count} platforms`
}

const UNREAD: Readonly<Record<ImagePlatformDto['presence'], readonly [one: string, many: string]>> = {
  missing: ['is missing from the registry', 'are missing from the registry'],
  unauthorised: ['may not be read', 'may not be read'],
  unknown: ['was not read', 'were not read'],
  present: ['has no readable config', 'have no readable config'],
}

function remainder(unread: readonly ImagePlatformDto[], unlabelled: number): string {
  const parts = (['missing', 'unauthorised', 'unknown', 'present'] as const).flatMap((presence) => {
    const those = unread.filter((platform) => platform.presence === presence)
    const [only] = those
    if (!only) return []
    return [
      those.length === 1
        ? `${only.platform} ${UNREAD[presence][0]}`
        : `${those.length} ${UNREAD[presence][1]}`,
    ]
  })
  if (unlabelled > 0)
    parts.push(`${unlabelled} ${unlabelled === 1 ? 'names' : 'name'} no platform in the index`)
  return parts.join(', ')
}

function singleImage(platform: ImagePlatformDto | undefined): CheckedSummary {
  if (platform?.config === undefined) {
    return { tone: 'warn', text: 'A single image whose config could not be read: its platform is not known.' }
  }
  const { config } = platform
  return config.platform.includes('unknown')
    ? { tone: 'warn', text: 'A single image whose config names no platform.' }
    : {
        tone: 'neutral',
        text: `A single image for ${config.platform}, by its own config; no index lists others.`,
      }
}
