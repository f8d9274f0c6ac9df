import { buildArtifact, referrersTag } from '#e2e/lab/artifact.ts'
import { type AttestationForm, buildAttestation } from '#e2e/lab/attestation.ts'
import { blobOf, jsonBlob } from '#e2e/lab/blob.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { mediaTypes } from '#e2e/lab/media-type.ts'
import type { Oddity, OddKit, OddParts } from './oddity.ts'

/** Images with something that describes them: attestations, referrers, signatures. */
export const oddCompanions = {
  'attestations-legacy': {
    says: 'each image has a provenance and an SBOM in the index, image-shaped (BuildKit before 0.32)',
    build: (kit) => withAttestations(kit, 'legacy'),
  },
  'attestations-artifact': {
    says: 'the same as artifacts with a subject (BuildKit since 0.32), listed as referrers too',
    build: (kit) => withAttestations(kit, 'artifact'),
  },
  'with-referrers': {
    says: 'the index has an SBOM and a signature bundle as referrers, linux/ppc64le has a test result',
    build: (kit) => {
      const images = kit.images()
      const manifest = kit.index(...images)
      return {
        manifest,
        companions: [
          referrers(manifest, [
            describing(manifest, 'application/spdx+json'),
            describing(manifest, 'application/vnd.dev.sigstore.bundle.v0.3+json'),
          ]),
          referrers(images[2], [describing(images[2], 'application/vnd.in-toto.test-result+json')]),
        ],
      }
    },
  },
  cosign: {
    says: 'the index has a signature under an old cosign tag, sha256-HEX.sig',
    build: (kit) => {
      const manifest = kit.index(...kit.images())
      const signature = buildArtifact({
        config: jsonBlob(mediaTypes.oci.config, { architecture: '', os: '', config: {} }),
        layers: [
          {
            ...blobOf('application/vnd.dev.cosign.simplesigning.v1+json', Buffer.from('{"critical":{}}')),
            annotations: { 'dev.cosignproject.cosign/signature': 'bGFi' },
          },
        ],
      })
      return { manifest, companions: [{ tag: `${referrersTag(manifest.digest)}.sig`, manifest: signature }] }
    },
  },
} as const satisfies Readonly<Record<string, Oddity>>

function withAttestations(kit: OddKit, form: AttestationForm): OddParts {
  const images = kit.images()
  const attestations = images.map((image) => ({ image, child: buildAttestation(image, form) }))
  const manifest = buildIndex({ children: [...images, ...attestations.map(({ child }) => child)] })
  if (form === 'legacy') return { manifest }
  return { manifest, companions: attestations.map(({ image, child }) => referrers(image, [child.manifest])) }
}

function describing(subject: BuiltManifest, artifactType: string): BuiltManifest {
  const layers = [jsonBlob(artifactType, { about: subject.digest })]
  return buildArtifact({
    artifactType,
    subject,
    layers,
    annotations: { 'org.opencontainers.image.created': '2026-09-15T12:00:00Z' },
  })
}

function referrers(subject: BuiltManifest, children: readonly BuiltManifest[]) {
  return { tag: referrersTag(subject.digest), manifest: buildIndex({ children }) }
}
