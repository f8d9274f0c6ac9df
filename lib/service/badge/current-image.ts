import { toAppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { formatReference, formatRepository, type Reference } from '#lib/oci/reference.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import type { StoredContext } from '../context.ts'
import { type ManifestFacts, readManifestFacts } from '../manifest-facts.ts'

/** A badge may ask the registry of a tag whose answer is older, no more often, and waits no longer than this. */
const TAG_MAX_AGE_MS = 300_000
const ASK_WITHIN_MS = 2_000

/** What a reference is now, as far as it is known. */
export interface CurrentImage {
  readonly digest: string | undefined
  /** The registry says that there is no such tag. */
  readonly isGone: boolean
  /** Canonical texts; undefined where nobody knows. */
  readonly platforms: readonly string[] | undefined
  /** What the newest run of it was asked for, also where the image does not have it. */
  readonly asked?: readonly string[]
}

const UNKNOWN: CurrentImage = { digest: undefined, isGone: false, platforms: undefined }

/**
 * What a reference is now. A digest is what it is. The registry is asked only about a tag that a run was about, and
 * then for one HEAD at most every five minutes; where it does not answer in two seconds, what was last seen counts.
 */
export async function currentImage(context: StoredContext, reference: Reference): Promise<CurrentImage> {
  const { history } = context.store
  const repository = formatRepository(reference.repository)
  const options = { signal: AbortSignal.timeout(ASK_WITHIN_MS), background: true }
  const known = async (digest: string): Promise<CurrentImage> => {
    const run = await history.newestOfDigest(repository, digest)
    const isOfRun = run?.jobs.flatMap((job) => (job.digest === undefined ? [] : [job.platform]))
    const platforms = isOfRun
      ? [...isOfRun, ...(run?.leftOut ?? [])]
      : await platformsOf(context, reference, digest as Digest, options)
    const asked = run?.jobs.map(({ platform }) => platform) ?? []
    return { digest, isGone: false, platforms, asked }
  }
  if (reference.digest !== undefined) return known(reference.digest)
  const { tag } = reference
  const run = tag === undefined ? undefined : await history.newestOfTag(repository, tag)
  if (tag === undefined || run === undefined) return UNKNOWN
  try {
    const source = context.openSource(reference.repository)
    const resolved = await source.resolveTag(tag, { ...options, maxAgeMs: TAG_MAX_AGE_MS })
    return await known(resolved.digest)
  } catch (error) {
    if (toAppError(error).code === 'manifest_unknown') return { ...UNKNOWN, isGone: true }
    return known(await lastSeen(context, reference, tag, run))
  }
}

/** What the tag was when somebody last looked: as the cache remembers it, or as the newest run found it. */
async function lastSeen(
  context: StoredContext,
  reference: Reference,
  tag: string,
  run: { readonly digest: string; readonly createdAt: Date },
): Promise<string> {
  try {
    const cached = await context.openSource(reference.repository).lastTag(tag)
    return cached && cached.checkedAt >= run.createdAt ? cached.digest : run.digest
  } catch {
    return run.digest
  }
}

/** The platforms of a digest that no run was about, where finding out costs little. */
async function platformsOf(
  context: StoredContext,
  reference: Reference,
  digest: Digest,
  options: CallOptions,
): Promise<readonly string[] | undefined> {
  try {
    const source = context.openSource(reference.repository)
    return (
      (await source.getFacts<ManifestFacts>(digest)) ??
      (await factsOfKnown(source, digest, formatReference(reference), options))
    )?.platforms
  } catch {
    return undefined
  }
}

/** Only of a manifest that was fetched before: a badge of any digest must not make the registry be asked. */
async function factsOfKnown(source: CachedSource, digest: Digest, what: string, options: CallOptions) {
  const manifest = await source.lastManifest(digest)
  return manifest && readManifestFacts(source, manifest, `The manifest of ${what}`, options)
}
