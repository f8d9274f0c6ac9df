import PQueue from 'p-queue'
import type { ImageResponse } from '#lib/api/image.ts'
import { type Judgement, mergeJudgements } from '#lib/checks/run-checks.ts'
import { toProblem } from '#lib/errors/problem.ts'
import type { Manifest } from '#lib/oci/manifest.ts'
import {
  atDigest,
  formatReference,
  formatRepository,
  parseReference,
  withDefaultTag,
} from '#lib/oci/reference.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import { checkFurther, withFurtherChecks } from './check-further.ts'
import type { ServiceContext } from './context.ts'
import { quotaDto } from './describe-listing.ts'
import { layerDtos } from './image-platform-dto.ts'
import { attachedFacts, judgeImage, judgementDto } from './judge-image.ts'
import { judgePolicy } from './judge-policy.ts'
import { lastRunsOf } from './last-runs.ts'
import { holdsArtifacts, platformRows } from './list-platforms.ts'
import { readAttestation } from './read-attestations.ts'
import { readImageContent } from './read-image-content.ts'
import { readReferrers } from './read-referrers.ts'
import { resolveReference } from './resolve-reference.ts'

/** Registry calls in flight for one image. */
const CONCURRENCY = 16

/**
 * Everything the registry tells of one reference: the index, every platform with its config beside it, attestations
 * under their images, referrers, findings. A tag is asked for anew each time; the rest is digest-keyed and cached.
 * A child that cannot be read is told in its row. `checks: 'all'` also runs the checks that need more than the image,
 * which takes longer. Throws what resolving the reference itself throws.
 */
export async function inspectImage(
  context: ServiceContext,
  query: { readonly ref: string; readonly checks?: 'own' | 'all' },
  signal?: AbortSignal,
): Promise<ImageResponse> {
  const image = await readImage(context, query.ref, signal)
  return query.checks === 'all' ? withFurtherChecks(image, await checkFurther(context, image, signal)) : image
}

async function readImage(
  context: ServiceContext,
  ref: string,
  signal: AbortSignal | undefined,
): Promise<ImageResponse> {
  const reference = withDefaultTag(parseReference(ref))
  const source = context.openSource(reference.repository)
  const options: CallOptions = { signal }
  const resolved = await resolveReference(source, reference, context.now, options)
  const { manifest, fetched } = resolved
  const content = await readImageContent(source, resolved, options)
  const subjects = [
    fetched.digest,
    ...content.images.map((image) => image.digest).filter((d) => d !== fetched.digest),
  ]
  const known = new Set([
    ...content.others.map((other) => other.digest),
    ...content.attestations.map((a) => a.descriptor.digest),
  ])
  const referrers = await readReferrers(source, [...new Set(subjects)], known, options)
  const queue = new PQueue({ concurrency: CONCURRENCY })
  const attestations = await queue.addAll(
    [...content.attestations, ...referrers.attestations].map(
      (pointer) => () => readAttestation(source, pointer, options),
    ),
  )
  const kind = holdsArtifacts(manifest, content) ? 'artifact' : manifest.kind
  const platforms = platformRows(manifest, content)
  const created = newest(platforms.flatMap((row) => row.config?.created ?? []))
  const quota = source.quota()
  const attached = attachedFacts(attestations, referrers.others, referrers.isComplete)
  const repository = formatRepository(reference.repository)
  const own = judgeImage({ kind: manifest.kind, digest: fetched.digest, content, attached })
  const byPolicy = judgePolicy(context, { repository, tag: reference.tag, kind: manifest.kind }, platforms)
  const lastRun = (await lastRunsOf(context, repository, [fetched.digest])).get(fetched.digest)
  return {
    reference: formatReference(reference),
    pinned: formatReference(atDigest(reference.repository, fetched.digest)),
    repository,
    ...(reference.tag ? { tag: reference.tag } : {}),
    digest: fetched.digest,
    mediaType: manifest.mediaType,
    kind,
    ...artifactParts(manifest, kind),
    ...(created ? { created } : {}),
    annotations: { ...manifest.annotations },
    platforms,
    attestations,
    referrers: [...referrers.others],
    ...(referrers.problem ? { referrersProblem: toProblem(referrers.problem) } : {}),
    others: [...content.others],
    ...judgementDto(context, repository, kind === 'artifact' ? NOT_JUDGED : mergeJudgements(own, byPolicy)),
    checkedAt: resolved.checkedAt.toISOString(),
    ...(quota ? { quota: quotaDto(quota) } : {}),
    warnings: [...source.warnings()],
    ...(lastRun ? { lastRun } : {}),
  }
}

const NOT_JUDGED: Judgement = { findings: [], checked: [], unjudged: [] }

function artifactParts(
  manifest: Manifest,
  kind: string,
): Pick<ImageResponse, 'artifactType' | 'artifactLayers'> {
  if (kind !== 'artifact') return {}
  const type = manifest.artifactType ?? (manifest.kind === 'image' ? manifest.config.mediaType : undefined)
  return {
    ...(type ? { artifactType: type } : {}),
    ...(manifest.kind === 'image' ? { artifactLayers: layerDtos(manifest, undefined) } : {}),
  }
}

function newest(times: readonly string[]): string | undefined {
  return [...times].sort((a, b) => Date.parse(b) - Date.parse(a))[0]
}
