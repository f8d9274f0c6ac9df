import type { BadgeQuery, ShieldsBadge } from '#lib/api/badge.ts'
import { NO_POLICY } from '#lib/coverage/policy.ts'
import { requiredPlatforms } from '#lib/coverage/required-platforms.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import {
  formatReference,
  formatRepository,
  parseReference,
  type Reference,
  withDefaultTag,
} from '#lib/oci/reference.ts'
import { namesArchitecture } from '#lib/oci/tag-groups.ts'
import {
  BADGE_LOOKS,
  type BadgeReason,
  type BadgeState,
  badgeOf,
  type PlatformBadge,
  wholeBadge,
} from '#lib/report/badge.ts'
import type { StoredContext } from '../context.ts'
import { type CurrentImage, currentImage } from './current-image.ts'

const DAY_MS = 86_400_000
const STALE_AFTER_DAYS = 30
/** An index may list a thousand; the badge of a whole image looks at no more. */
const MAX_PLATFORMS = 64
/** The badge of a repository looks for a tag among so many that were run last. */
const MAX_TAGS = 1_000

/** What a badge says. */
export interface Badge extends Omit<ShieldsBadge, 'schemaVersion'> {
  readonly state: BadgeState
  readonly title: string
}

/**
 * What the newest reports allow to claim of a reference as it is now, on one platform or as a whole. What nobody looked
 * at is never green; a reference that was never run is not validated, and that is no error. Throws `reference_invalid`,
 * `digest_invalid`, `platform_invalid`.
 */
export async function readBadge(
  context: StoredContext,
  { ref, platform: asked }: Pick<BadgeQuery, 'ref' | 'platform'>,
): Promise<Badge> {
  const reference = await tagOfRepository(context, parseReference(ref))
  const platform = asked === undefined ? undefined : platformText(parsePlatform(asked))
  const current = await currentImage(context, reference)
  const label = platform ?? 'multi-arch'
  if (current.isGone) return face(reference, label, { state: 'missing', reason: 'tag-gone' })
  if (platform !== undefined)
    return face(reference, label, await platformBadge(context, reference, current, platform))
  const platforms = wholePlatforms(context, reference, current)
  if (platforms.length === 0) {
    const isMoved = current.platforms === undefined && current.digest !== undefined
    return face(reference, label, isMoved ? await movedBadge(context, reference) : { state: 'unvalidated' })
  }
  const badges = await Promise.all(
    platforms.slice(0, MAX_PLATFORMS).map((each) => platformBadge(context, reference, current, each)),
  )
  const { passed, ...whole } = wholeBadge(
    platforms.length > MAX_PLATFORMS ? [...badges, { state: 'unvalidated' }] : badges,
  )
  const message = whole.state === 'partial' ? `validated on ${passed} of ${platforms.length}` : undefined
  return face(reference, label, whole, message)
}

/**
 * A repository alone stands for its `latest` where that was ever run, else for the tag of its newest run; a tag that names
 * an architecture is of no repository as a whole.
 */
async function tagOfRepository({ store }: StoredContext, reference: Reference): Promise<Reference> {
  const { repository, tag, digest } = reference
  if (tag !== undefined || digest !== undefined) return reference
  const tags = await store.history.tags(formatRepository(repository), MAX_TAGS)
  const usual = withDefaultTag(reference)
  const last = tags.find((each) => !namesArchitecture(each))
  return last === undefined || tags.includes(usual.tag ?? '') ? usual : { ...usual, tag: last }
}

/** What the image has, what its newest run was asked for, and what the policy requires of it. */
function wholePlatforms(
  { policy = NO_POLICY }: StoredContext,
  { repository, tag, digest }: Reference,
  { platforms, asked = [] }: CurrentImage,
): readonly string[] {
  if (platforms === undefined) return []
  const subject = { repository: formatRepository(repository), tag: digest === undefined ? tag : undefined }
  const kind = digest === undefined || platforms.length > 1 ? 'index' : 'image'
  return [...new Set([...platforms, ...asked, ...requiredPlatforms(policy, { ...subject, kind })])]
}

async function platformBadge(
  { store: { history }, now, badges }: StoredContext,
  reference: Reference,
  { digest, platforms }: CurrentImage,
  platform: string,
): Promise<PlatformBadge> {
  const repository = formatRepository(reference.repository)
  const judgement = digest === undefined ? undefined : await history.judgement(repository, digest, platform)
  const maxAgeMs = (badges?.staleAfterDays ?? STALE_AFTER_DAYS) * DAY_MS
  return badgeOf({
    isThere: platforms?.includes(platform),
    judgement: judgement && {
      ...judgement,
      isTooOld: now().getTime() - judgement.finishedAt.getTime() > maxAgeMs,
    },
    wasJudgedBefore:
      judgement === undefined && reference.digest === undefined && reference.tag !== undefined
        ? await history.hasJudged(repository, reference.tag, platform)
        : false,
  })
}

/** A tag that is something nobody has read: whoever ran what it was before ran something else. */
async function movedBadge(
  { store: { history } }: StoredContext,
  { repository, tag, digest }: Reference,
): Promise<PlatformBadge> {
  const run =
    digest === undefined && tag !== undefined
      ? await history.newestOfTag(formatRepository(repository), tag)
      : undefined
  return run ? { state: 'stale', reason: 'tag-moved' } : { state: 'unvalidated' }
}

const REASONS: Readonly<Record<BadgeReason, string>> = {
  'tag-gone': 'the registry has no such tag',
  'tag-moved': 'the tag has moved since it was validated',
  'too-old': 'the newest report is too old',
  'not-in-image': 'the image does not have the platform',
  'whole-image': 'an error concerns the image as a whole',
}

function face(reference: Reference, label: string, { state, reason }: PlatformBadge, told?: string): Badge {
  const { message: usual, color } = BADGE_LOOKS[state]
  const message = told ?? usual
  const why = reason === undefined ? '' : ` (${REASONS[reason]})`
  return {
    state,
    label,
    message,
    color,
    title: `${formatReference(reference)}, ${label}: ${message}${why}`,
  }
}
