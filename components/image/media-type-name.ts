import { bareMediaType, MEDIA_TYPE } from '#lib/oci/media-type.ts'

const NAMES: Readonly<Record<string, string>> = {
  [MEDIA_TYPE.ociIndex]: 'OCI index',
  [MEDIA_TYPE.ociManifest]: 'OCI manifest',
  [MEDIA_TYPE.dockerList]: 'Docker manifest list',
  [MEDIA_TYPE.dockerManifest]: 'Docker manifest',
  [MEDIA_TYPE.ociConfig]: 'OCI image config',
  [MEDIA_TYPE.dockerConfig]: 'Docker image config',
  [MEDIA_TYPE.ociEmpty]: 'empty',
  [MEDIA_TYPE.inToto]: 'in-toto',
}

const LAYER =
  /^application\/vnd\.(?:oci\.image|docker\.image\.rootfs)\.(?:layer\.(nondistributable\.)?(?:v1\.)?)?(?:(diff|foreign\.diff)\.)?(tar(?:[.+][a-z0-9]+)?)$/

/** A short name for a media type, for people; the type itself where it has none. */
export function mediaTypeName(mediaType: string): string {
  const bare = bareMediaType(mediaType)
  const known = NAMES[bare]
  if (known !== undefined) return known
  const layer = LAYER.exec(bare)
  if (!layer?.[3]) return mediaType
  const isForeign = layer[1] !== undefined || layer[2] === 'foreign.diff'
  return `${layer[3].replace('.', '+')}${isForeign ? ', not distributed' : ''}`
}
