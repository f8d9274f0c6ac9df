import { cov001 } from '#lib/checks/cov-001.ts'
import type { Finding } from '#lib/checks/finding.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { compressedSizeBytes, isArtifact } from '#lib/oci/manifest.ts'
import {
  comparePlatformTexts,
  type Platform,
  parsePlatform,
  platformKey,
  platformText,
} from '#lib/oci/platform.ts'
import {
  atDigest,
  formatReference,
  parseReference,
  type Repository,
  withDefaultTag,
} from '#lib/oci/reference.ts'
import { type OutputExpectation, parseOutputExpectation } from '#lib/report/output-expectation.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import type { ServiceContext } from '../context.ts'
import { effectivePlatform } from '../image-platform-dto.ts'
import { judgeImage } from '../judge-image.ts'
import type { ReadImage } from '../read-image.ts'
import { readImageContent } from '../read-image-content.ts'
import { resolveReference } from '../resolve-reference.ts'

/** What somebody wants validated. */
export interface RunRequest {
  readonly ref: string
  /** As a person writes them; without it every platform of the image. */
  readonly platforms?: readonly string[] | undefined
  readonly profile?: RunProfile | undefined
}

/** One platform of a run. */
export interface PlannedJob {
  /** Canonical text: names the job within its run. */
  readonly platform: string
  /** As the index states it, else the config. */
  readonly wanted: Platform
  /** Undefined when the image does not have the platform. */
  readonly image: ReadImage | undefined
  readonly sizeBytes: number | undefined
}

/** A job as it is told and kept: what it will be about. */
export interface AnnouncedJob {
  readonly platform: string
  /** Absent when the image does not have the platform. */
  readonly digest?: string | undefined
  readonly sizeBytes?: number | undefined
}

/** A run with everything pinned; nothing in it asks for a tag again. */
export interface RunPlan {
  readonly reference: string
  readonly pinned: string
  readonly repository: Repository
  readonly digest: Digest
  readonly kind: 'index' | 'image'
  readonly profile: RunProfile
  readonly expectOutput: OutputExpectation | undefined
  readonly jobs: readonly PlannedJob[]
  readonly leftOut: readonly string[]
  /** Of the registry's JSON, and of platforms that are missing. */
  readonly findings: readonly Finding[]
}

/**
 * Resolves a reference once and decides what will run: one job a platform, the entry that clients take. Throws what
 * resolving throws, `platform_invalid`, `request_invalid`, and `manifest_unsupported` for what is no image.
 */
export async function planRun(
  context: ServiceContext,
  { ref, platforms, profile = {} }: RunRequest,
  signal?: AbortSignal,
): Promise<RunPlan> {
  const expectOutput =
    profile.expectOutput === undefined ? undefined : parseOutputExpectation(profile.expectOutput)
  const asked = platforms && [
    ...new Map(platforms.map(parsePlatform).map((each) => [platformText(each), each])),
  ]
  const reference = withDefaultTag(parseReference(ref))
  const { repository } = reference
  const source = context.openSource(repository)
  const resolved = await resolveReference(source, reference, context.now, { signal })
  const { kind } = resolved.manifest
  if (isArtifact(resolved.manifest)) {
    throw new AppError(
      'manifest_unsupported',
      `${formatReference(reference)} is an artifact, no container image.`,
    )
  }
  const content = await readImageContent(source, resolved, { signal })
  const { winners, others } = takeFirst(content.images)
  const jobs = asked
    ? asked.map(([text, platform]) => planJob(platform, winners.get(text)))
    : [...winners.values()].map((image) => planJob(effectivePlatform(image), image))
  const chosen = new Set(jobs.map((job) => job.platform))
  const leftOut = [...[...winners.keys()].filter((text) => !chosen.has(text)), ...others]
  return {
    reference: formatReference(reference),
    pinned: formatReference(atDigest(repository, resolved.fetched.digest)),
    repository,
    digest: resolved.fetched.digest,
    kind,
    profile,
    expectOutput,
    jobs: jobs.toSorted((a, b) => comparePlatformTexts(a.platform, b.platform)),
    leftOut: leftOut.toSorted(comparePlatformTexts),
    findings: [
      ...judgeImage({ kind, digest: resolved.fetched.digest, content }).findings,
      ...cov001.run({ required: [...chosen], present: [...winners.keys()] }),
    ],
  }
}

/** What is told of a job when it is planned. */
export function announceJob({ platform, image, sizeBytes }: PlannedJob): AnnouncedJob {
  return {
    platform,
    ...(image ? { digest: image.digest } : {}),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  }
}

/** By canonical text the entry that clients take; `others` are Windows builds beside it, told by their version. */
function takeFirst(images: readonly ReadImage[]): {
  readonly winners: ReadonlyMap<string, ReadImage>
  readonly others: readonly string[]
} {
  const winners = new Map<string, ReadImage>()
  const others = new Set<string>()
  for (const image of images) {
    const platform = effectivePlatform(image)
    const text = platformText(platform)
    const winner = winners.get(text)
    if (winner === undefined) winners.set(text, image)
    else if (platformKey(effectivePlatform(winner)) !== platformKey(platform))
      others.add(platformKey(platform))
  }
  return { winners, others: [...others] }
}

function planJob(asked: Platform, image: ReadImage | undefined): PlannedJob {
  const wanted = image ? effectivePlatform(image) : asked
  const sizeBytes = image?.manifest ? compressedSizeBytes(image.manifest) : undefined
  return { platform: platformText(wanted), wanted, image, sizeBytes }
}
