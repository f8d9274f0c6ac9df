/** The media types Archway knows. https://github.com/opencontainers/image-spec/blob/main/media-types.md */
export const MEDIA_TYPE = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerSchema1: 'application/vnd.docker.distribution.manifest.v1+json',
  dockerSchema1Signed: 'application/vnd.docker.distribution.manifest.v1+prettyjws',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  ociEmpty: 'application/vnd.oci.empty.v1+json',
  inToto: 'application/vnd.in-toto+json',
  dockerAttestation: 'application/vnd.docker.attestation.manifest.v1+json',
} as const

/**
 * Accept header of every manifest request: all four kinds, always. Leave one out and a registry silently answers with
 * the linux/amd64 child, or with 404.
 */
export const MANIFEST_ACCEPT = [
  MEDIA_TYPE.ociIndex,
  MEDIA_TYPE.ociManifest,
  MEDIA_TYPE.dockerList,
  MEDIA_TYPE.dockerManifest,
].join(', ')

/** What a manifest's media type makes of it. */
export type ManifestKind = 'index' | 'image' | 'schema1'

/** A map, not an object: foreign text such as `constructor` must find nothing. */
const KINDS = new Map<string, ManifestKind>([
  [MEDIA_TYPE.ociIndex, 'index'],
  [MEDIA_TYPE.dockerList, 'index'],
  [MEDIA_TYPE.ociManifest, 'image'],
  [MEDIA_TYPE.dockerManifest, 'image'],
  [MEDIA_TYPE.dockerSchema1, 'schema1'],
  [MEDIA_TYPE.dockerSchema1Signed, 'schema1'],
])

/** The kind a media type names, or undefined for one that does not name a manifest Archway knows. */
export function manifestKindOf(mediaType: string | undefined): ManifestKind | undefined {
  return mediaType === undefined ? undefined : KINDS.get(bareMediaType(mediaType))
}

/** A media type without parameters, in lower case: `application/json; charset=utf-8` → `application/json`. */
export function bareMediaType(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Whether a config of this media type describes a container image (and so has a platform). */
export function isImageConfig(mediaType: string): boolean {
  const bare = bareMediaType(mediaType)
  return bare === MEDIA_TYPE.ociConfig || bare === MEDIA_TYPE.dockerConfig
}
