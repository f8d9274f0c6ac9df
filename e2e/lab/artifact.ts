import { type BuiltBlob, blobOf, descriptorOf, type Fields, jsonBlob } from './blob.ts'
import type { BuiltManifest } from './manifest.ts'
import { emptyMediaType, mediaTypes } from './media-type.ts'

/** What an artifact manifest (OCI image-spec 1.1, "Guidelines for Artifact Usage") is made of. */
export interface ArtifactSpec {
  /** Left out of the manifest when absent, as older tools do. */
  readonly artifactType?: string
  /** The manifest it describes. */
  readonly subject?: BuiltManifest
  readonly layers: readonly (BuiltBlob & { readonly annotations?: Readonly<Record<string, string>> })[]
  /** The empty config when absent. */
  readonly config?: BuiltBlob
  readonly annotations?: Readonly<Record<string, string>>
}

/** The two-byte empty config. */
const emptyConfig: BuiltBlob = blobOf(emptyMediaType, Buffer.from('{}'))

/** A manifest that holds something other than a container image. */
export function buildArtifact(spec: ArtifactSpec): BuiltManifest {
  const mediaType = mediaTypes.oci.manifest
  const config = spec.config ?? emptyConfig
  const shared: Fields = {
    ...(spec.artifactType !== undefined && { artifactType: spec.artifactType }),
    ...(spec.annotations !== undefined && { annotations: spec.annotations }),
  }
  const body = jsonBlob(mediaType, {
    schemaVersion: 2,
    mediaType,
    ...shared,
    config: descriptorOf(config),
    layers: spec.layers.map((layer) => ({
      ...descriptorOf(layer),
      ...(layer.annotations !== undefined && { annotations: layer.annotations }),
    })),
    ...(spec.subject !== undefined && { subject: descriptorOf(spec.subject) }),
  })
  return { ...body, descriptorFields: shared, blobs: [config, ...spec.layers], children: [] }
}

/** The tag under which registries without the referrers API list what refers to a digest. */
export function referrersTag(digest: string): string {
  return digest.replace(':', '-')
}
