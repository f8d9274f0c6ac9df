import type { AttestationDto, ImageResponse, ReferrerDto } from '#lib/api/image.ts'

/** What is attached to one digest. */
export interface Attachments {
  readonly attestations: readonly AttestationDto[]
  readonly referrers: readonly ReferrerDto[]
}

/** What describes the image with this digest. */
export function attachmentsOf(image: ImageResponse, digest: string): Attachments {
  return {
    attestations: image.attestations.filter((attestation) => attestation.subject === digest),
    referrers: image.referrers.filter((referrer) => referrer.subject === digest),
  }
}

/**
 * What describes the index itself, and what describes nothing that it lists (`stray`): a subject that is not here, or
 * none at all. Nothing that came in the answer is left out of both this and `attachmentsOf`.
 */
export function indexAttachments(
  image: ImageResponse,
): Attachments & { readonly stray: readonly AttestationDto[] } {
  const platforms = new Set(image.platforms.map((platform) => platform.digest))
  const own = attachmentsOf(image, image.digest)
  return {
    attestations: platforms.has(image.digest) ? [] : own.attestations,
    referrers: image.referrers.filter((referrer) => !platforms.has(referrer.subject)),
    stray: image.attestations.filter(
      ({ subject }) => subject === undefined || (subject !== image.digest && !platforms.has(subject)),
    ),
  }
}
