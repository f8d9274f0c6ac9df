import type { ReferrerDto } from '#lib/api/image.ts'
import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'
import type { AttestationPointer } from './read-attestations.ts'

/** Digests asked for referrers at most: the index and its first children. */
const MAX_SUBJECTS = 33

/** What refers to an image or its children; `problem` tells the first failure, which hides nothing else. */
export interface Referrers {
  readonly attestations: readonly AttestationPointer[]
  readonly others: readonly ReferrerDto[]
  readonly problem?: AppError
  /** Everything was asked and answered. */
  readonly isComplete: boolean
}

/**
 * Asks for the referrers of each subject. BuildKit's artifact attestations are told apart; everything whose digest is
 * in `known` (children of the index) is left out, so that nothing shows twice.
 */
export async function readReferrers(
  source: ImageSource,
  subjects: readonly Digest[],
  known: ReadonlySet<string>,
  options: CallOptions,
): Promise<Referrers> {
  const attestations: AttestationPointer[] = []
  const others: ReferrerDto[] = []
  const seen = new Set<string>(known)
  let problem: AppError | undefined
  const lists = await Promise.all(
    subjects.slice(0, MAX_SUBJECTS).map(async (subject) => {
      try {
        return { subject, list: await source.listReferrers(subject, options) }
      } catch (error) {
        const failure = toAppError(error)
        if (failure.code === 'cancelled') throw failure
        problem ??= failure
        return undefined
      }
    }),
  )
  for (const answer of lists) {
    for (const descriptor of answer?.list.descriptors ?? []) {
      if (!answer || answer.list.via === 'none' || seen.has(descriptor.digest)) continue
      seen.add(descriptor.digest)
      if (descriptor.artifactType === MEDIA_TYPE.dockerAttestation) {
        attestations.push({ descriptor, subject: answer.subject, inIndex: false })
      } else others.push(referrerDto(descriptor, answer.subject, answer.list.via))
    }
  }
  const isComplete = problem === undefined && subjects.length <= MAX_SUBJECTS
  return { attestations, others, isComplete, ...(problem ? { problem } : {}) }
}

function referrerDto(descriptor: Descriptor, subject: Digest, via: 'api' | 'tag'): ReferrerDto {
  return {
    digest: descriptor.digest,
    subject,
    mediaType: descriptor.mediaType,
    sizeBytes: descriptor.sizeBytes,
    annotations: descriptor.annotations,
    via,
    ...(descriptor.artifactType ? { artifactType: descriptor.artifactType } : {}),
  }
}
