import { cov001 } from '#lib/checks/cov-001.ts'
import type { Finding } from '#lib/checks/finding.ts'
import { NO_POLICY } from '#lib/coverage/policy.ts'
import { effectiveProfile } from '#lib/coverage/profiles.ts'
import { requiredPlatforms } from '#lib/coverage/required-platforms.ts'
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
  formatRepository,
  parseReference,
  type Repository,
  withDefaultTag,
} from '#lib/oci/reference.ts'
import type { AcceptedFinding } from '#lib/report/model.ts'
import { type OutputExpectation, parseOutputExpectation } from '#lib/report/output-expectation.ts'
import { profileFor } from '#lib/report/platform-profile.ts'
import type { ProfileOrigin, RunProfile } from '#lib/report/run-profile.ts'
import { parseStructureTests } from '#lib/structure/parse-structure-tests.ts'
import type { StructureTests } from '#lib/structure/structure-tests.ts'
import type { ServiceContext } from '../context.ts'
import { effectivePlatform } from '../image-platform-dto.ts'
import { judgeImage } from '../judge-image.ts'
import type { ReadImage } from '../read-image.ts'
import { readImageContent } from '../read-image-content.ts'
import { resolveReference } from '../resolve-reference.ts'
import { applyPolicy } from './apply-policy.ts'
import { askedPlatforms } from './asked-platforms.ts'
import { refuseHiddenFiles } from './refuse-hidden-files.ts'

/** What somebody wants validated. */
export interface RunRequest {
  readonly ref: string
  /** As a person writes them; without it every platform of the image. */
  readonly platforms?: readonly string[] | undefined
  /** Wins, field by field, over a profile of `archway.yaml`. */
  readonly profile?: RunProfile | undefined
  /** A profile of `archway.yaml`; `none` is none, and without it the repository’s default is taken. */
  readonly profileName?: string | undefined
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
  readonly profileOrigin?: ProfileOrigin | undefined
  readonly expectOutput: OutputExpectation | undefined
  readonly tests: StructureTests | undefined
  readonly jobs: readonly PlannedJob[]
  readonly leftOut: readonly string[]
  /** Of the registry's JSON, and of platforms that are missing. */
  readonly findings: readonly Finding[]
  /** Findings of the same that the policy accepts. */
  readonly accepted: readonly AcceptedFinding[]
}

/**
 * Resolves a reference once and decides what will run: one job a platform, the entry that clients take. Throws what
 * resolving throws, `platform_invalid`, `request_invalid`, and `manifest_unsupported` for what is no image.
 */
export async function planRun(
  context: ServiceContext,
  { ref, platforms, profile: explicit = {}, profileName }: RunRequest,
  signal?: AbortSignal,
): Promise<RunPlan> {
  // A text that is no platform is told before anybody is asked.
  for (const each of platforms ?? []) parsePlatform(each)
  const reference = withDefaultTag(parseReference(ref))
  const { repository } = reference
  const { profile, origin } = effectiveProfile(context.profiles ?? [], formatRepository(repository), {
    name: profileName,
    explicit,
  })
  const expectOutput = expectationOf(profile)
  for (const own of Object.values(profile.platforms ?? {})) expectationOf(own)
  const tests = profile.tests === undefined ? undefined : parseStructureTests(profile.tests, 'tests')
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
  const tag = reference.digest === undefined ? reference.tag : undefined
  const required = requiredPlatforms(context.policy ?? NO_POLICY, {
    repository: formatRepository(repository),
    tag,
    kind,
  })
  const missing = required.filter((text) => !winners.has(text))
  const asked = platforms && askedPlatforms(platforms, [...winners.keys()])
  const jobs = asked
    ? asked.map(([text, platform]) => planJob(platform, winners.get(text)))
    : [
        ...[...winners.values()].map((image) => planJob(effectivePlatform(image), image)),
        ...missing.map((text) => planJob(parsePlatform(text), undefined)),
      ]
  refuseHiddenFiles(profile, jobs)
  const chosen = new Set(jobs.map((job) => job.platform))
  const leftOut = [...[...winners.keys()].filter((text) => !chosen.has(text)), ...others]
  return {
    reference: formatReference(reference),
    pinned: formatReference(atDigest(repository, resolved.fetched.digest)),
    repository,
    digest: resolved.fetched.digest,
    kind,
    profile,
    ...(origin ? { profileOrigin: origin } : {}),
    expectOutput,
    tests,
    jobs: jobs.toSorted((a, b) => comparePlatformTexts(a.platform, b.platform)),
    leftOut: leftOut.toSorted(comparePlatformTexts),
    ...applyPolicy(context, repository, [
      ...judgeImage({ kind, digest: resolved.fetched.digest, content }).findings,
      ...cov001.run({ required: [...new Set([...chosen, ...required])], present: [...winners.keys()] }),
    ]),
  }
}

/** The plan as it is for one platform, whose profile may differ from the others’. */
export function planFor(plan: RunPlan, platform: string): RunPlan {
  const profile = profileFor(plan.profile, platform)
  return { ...plan, profile, expectOutput: expectationOf(profile) }
}

function expectationOf({ expectOutput }: RunProfile): OutputExpectation | undefined {
  return expectOutput === undefined ? undefined : parseOutputExpectation(expectOutput)
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
