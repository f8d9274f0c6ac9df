import type { ImageResponse } from '#lib/api/image.ts'
import type { Judgement } from '#lib/checks/run-checks.ts'
import { runTagChecks, tagsNotJudged } from '#lib/checks/run-tag-checks.ts'
import type { Baseline, TaggedImage } from '#lib/checks/tag-facts.ts'
import type { Gap } from '#lib/checks/unjudged.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { parseRepository } from '#lib/oci/reference.ts'
import { namesArchitecture, splitArchTag } from '#lib/oci/tag-groups.ts'
import { earlierVersion, newestVersionBelow } from '#lib/oci/tag-history.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import type { ServiceContext } from './context.ts'
import { type ManifestFacts, readManifestFacts } from './manifest-facts.ts'
import { settleWithin } from './settle-within.ts'
import type { TagListing } from './tag-listing.ts'

/** Below this share of a rate limit nothing is asked that nobody waits for. */
const SCARCE_SHARE = 0.25

/**
 * Compares a tag with the version before, with the newest version where it floats, with its `TAG-ARCH` tags and with
 * what it was itself before it moved. Costs the list of tags, if nobody has it, and at most two of them. What could not
 * be had before `deadline` is told as not judged; never throws.
 */
export async function compareTags(
  context: ServiceContext,
  image: ImageResponse,
  deadline: AbortSignal,
  waited: string,
): Promise<Judgement> {
  const { tag } = image
  if (tag === undefined) return tagsNotJudged({ reason: 'no-tag' })
  const repository = parseRepository(image.repository)
  const source = context.openSource(repository)
  const listing = context.listings.of(repository)
  const late: Gap = { reason: 'not-in-time', what: waited }
  try {
    const quota = source.quota()
    if (quota && quota.remaining < quota.limit * SCARCE_SHARE) return tagsNotJudged({ reason: 'quota-low' })
    await listing.ensureListed({ signal: deadline })
    if (listing.state === 'failed') return tagsNotJudged(notListed(listing.problem))
    const { names } = listing
    const earlier = earlierVersion(tag, names)
    const newest = newestVersionBelow(tag, names)
    const wanted = [earlier, newest].filter((name) => name !== undefined)
    const before = readBefore(source, tag, { signal: deadline })
    await settleWithin(Promise.all([listing.resolve(wanted, { signal: deadline }), before]), deadline)
    if (deadline.aborted) return tagsNotJudged(late)
    return runTagChecks({
      tag,
      image: taggedImage(image),
      before: await before,
      earlier: baselineOf(listing, earlier),
      newest: newest === undefined ? undefined : baselineOf(listing, newest),
      archTags: archTagsOf(tag, names),
      isArchTag: namesArchitecture(tag),
    })
  } catch (error) {
    return tagsNotJudged(deadline.aborted ? late : notListed(error))
  }
}

function notListed(error: unknown): Gap {
  return { reason: 'tags-not-listed', what: toAppError(error).message.replace(/\.$/, '') }
}

function taggedImage({ digest, kind, platforms }: ImageResponse): TaggedImage {
  const texts = platforms.map(({ platform }) => platform).filter((platform) => !platform.includes('unknown'))
  return { digest, kind, platforms: [...new Set(texts)] }
}

function baselineOf(listing: TagListing, name: string | undefined): Baseline {
  if (name === undefined) return { state: 'none' }
  const { state, digest, facts } = listing.row(name)
  if (state !== 'resolved' || digest === undefined || !facts) return { state: 'unread', what: name }
  return { state: 'read', what: name, digest, kind: facts.kind, platforms: facts.platforms }
}

async function readBefore(source: CachedSource, tag: string, options: CallOptions): Promise<Baseline> {
  const seen = await source.tagBefore(tag, options)
  if (!seen) return { state: 'none' }
  const { digest, checkedAt } = seen
  const what = `${tag} as of ${checkedAt.toISOString().slice(0, 10)}`
  try {
    const facts =
      (await source.getFacts<ManifestFacts>(digest, options)) ??
      (await readManifestFacts(source, await source.getManifest(digest, options), what, options))
    return { state: 'read', what, digest, kind: facts.kind, platforms: facts.platforms }
  } catch {
    // It may be deleted since, or out of reach: either way nobody can compare with it.
    return { state: 'unread', what }
  }
}

function archTagsOf(tag: string, names: readonly string[]) {
  const known = new Set([tag])
  return names.flatMap((name) => {
    const split = splitArchTag(name, known)
    return split ? [{ name, platform: split.platform }] : []
  })
}
