import { buildArtifact } from './artifact.ts'
import { type BuiltBlob, type Fields, jsonBlob } from './blob.ts'
import { type BuiltImage, buildImage } from './image.ts'
import type { IndexChild } from './index-manifest.ts'
import type { BuiltManifest } from './manifest.ts'
import { inTotoMediaType } from './media-type.ts'

/** How BuildKit stores an attestation: image-shaped before 0.32, an OCI artifact with `subject` since. */
export type AttestationForm = 'legacy' | 'artifact'

/** What BuildKit attaches when asked for provenance and an SBOM. */
const usualPredicateTypes = ['https://slsa.dev/provenance/v1', 'https://spdx.dev/Document'] as const

/** An attestation manifest about `subject`, described as BuildKit does: platform unknown/unknown. All state `predicate`. */
export function buildAttestation(
  subject: BuiltImage,
  form: AttestationForm,
  predicateTypes: readonly string[] = usualPredicateTypes,
  predicate: Fields = {},
): IndexChild {
  const statements = predicateTypes.map((predicateType) => statement(subject, predicateType, predicate))
  return {
    manifest: form === 'legacy' ? legacyManifest(statements) : artifactManifest(subject, statements),
    platform: { architecture: 'unknown', os: 'unknown' },
    annotations: {
      'vnd.docker.reference.digest': subject.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
  }
}

type Statement = BuiltBlob & { readonly annotations: Readonly<Record<string, string>> }

function statement(subject: BuiltImage, predicateType: string, predicate: Fields): Statement {
  const blob = jsonBlob(inTotoMediaType, {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType,
    subject: [{ name: 'lab', digest: { sha256: subject.digest.slice('sha256:'.length) } }],
    predicate,
  })
  return { ...blob, annotations: { 'in-toto.io/predicate-type': predicateType } }
}

function artifactManifest(subject: BuiltImage, statements: readonly Statement[]): BuiltManifest {
  return buildArtifact({
    artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
    subject,
    layers: statements,
  })
}

function legacyManifest(statements: readonly Statement[]): BuiltManifest {
  const image = buildImage({
    os: 'unknown',
    architecture: 'unknown',
    configFields: {
      rootfs: { type: 'layers', diff_ids: statements.map((blob) => blob.digest) },
      history: undefined,
    },
    manifestFields: {
      layers: statements.map(({ mediaType, digest, size, annotations }) => ({
        mediaType,
        digest,
        size,
        annotations,
      })),
    },
  })
  return { ...image, blobs: [image.config, ...statements] }
}
