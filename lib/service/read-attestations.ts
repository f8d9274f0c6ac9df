import type { AttestationDto } from '#lib/api/image.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { type Descriptor, decodeManifest } from '#lib/oci/manifest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'

const PREDICATE_TYPE = 'in-toto.io/predicate-type'

/** Where an attestation was met. */
export interface AttestationPointer {
  readonly descriptor: Descriptor
  readonly subject?: Digest
  readonly inIndex: boolean
}

/**
 * Reads what an attestation says of itself: its form (BuildKit's own, or an OCI artifact with a subject) and the
 * predicates its layers hold. One that cannot be read is still listed, with its presence.
 */
export async function readAttestation(
  source: ImageSource,
  pointer: AttestationPointer,
  options: CallOptions,
): Promise<AttestationDto> {
  const { descriptor, inIndex } = pointer
  const artifactType = descriptor.artifactType === MEDIA_TYPE.dockerAttestation
  const listed = { digest: descriptor.digest, inIndex, form: artifactType ? 'artifact' : 'buildkit' } as const
  const subject = pointer.subject ? { subject: pointer.subject } : {}
  try {
    const fetched = await source.getManifest(descriptor.digest, options)
    const manifest = decodeManifest(
      fetched.bytes,
      fetched.contentType,
      `The attestation ${descriptor.digest}`,
    )
    const layers = manifest.kind === 'image' ? manifest.layers : []
    const types = layers
      .map((layer) => layer.annotations[PREDICATE_TYPE])
      .filter((type) => type !== undefined)
    return {
      ...listed,
      ...(manifest.subject ? { subject: manifest.subject.digest } : {}),
      ...subject,
      form: manifest.artifactType === undefined && !artifactType ? 'buildkit' : 'artifact',
      predicateTypes: [...new Set(types)],
      presence: 'present',
    }
  } catch (error) {
    const { code } = toAppError(error)
    if (code === 'cancelled') throw error
    const presence =
      code === 'manifest_unknown'
        ? 'missing'
        : code === 'unauthorised' || code === 'forbidden'
          ? 'unauthorised'
          : 'unknown'
    return { ...listed, ...subject, predicateTypes: [], presence }
  }
}
