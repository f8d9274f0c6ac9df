/** A wire dialect: media types of the OCI image specification or of Docker's schema 2. */
export type Dialect = 'oci' | 'docker'

/** The media types of each dialect. */
export const mediaTypes = {
  oci: {
    index: 'application/vnd.oci.image.index.v1+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
} as const satisfies Record<Dialect, Record<'index' | 'manifest' | 'config' | 'layer', string>>

/** The config of an artifact that has none (OCI image-spec 1.1, "Guidance for an Empty Descriptor"). */
export const emptyMediaType = 'application/vnd.oci.empty.v1+json'

/** One in-toto statement, as BuildKit stores provenance and SBOM. */
export const inTotoMediaType = 'application/vnd.in-toto+json'

/** What a client that understands everything sends as `Accept` for manifests. */
export const manifestAccept = [
  mediaTypes.oci.index,
  mediaTypes.oci.manifest,
  mediaTypes.docker.index,
  mediaTypes.docker.manifest,
].join(', ')
