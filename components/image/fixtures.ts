import type { ImageConfigDto, ImagePlatformDto, ImageResponse, LayerDto } from '#lib/api/image.ts'

/** A digest made of one repeated character, for tests. */
export const digestOf = (character: string) => `sha256:${character.repeat(64)}`

/** A config that names its platform and nothing else, for tests. */
export function configFixture(platform: string, config: Partial<ImageConfigDto> = {}): ImageConfigDto {
  return {
    platform,
    rawPlatform: platform,
    agrees: true,
    entrypoint: [],
    cmd: [],
    user: '',
    env: [],
    workingDir: '',
    exposedPorts: [],
    volumes: [],
    labels: {},
    ...config,
  }
}

/** A layer of a megabyte, for tests. */
export function layerFixture(layer: Partial<LayerDto> = {}): LayerDto {
  return {
    digest: digestOf('1'),
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    sizeBytes: 1_000_000,
    ...layer,
  }
}

/** A platform that is present and whose config agrees, for tests. */
export function platformFixture(text: string, platform: Partial<ImagePlatformDto> = {}): ImagePlatformDto {
  const [os = '', architecture = '', variant] = text.split('/')
  return {
    platform: text,
    key: text,
    os,
    architecture,
    ...(variant === undefined ? {} : { variant }),
    rawPlatform: text,
    digest: digestOf(architecture.charAt(0)),
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    sizeBytes: 1_000_000,
    presence: 'present',
    config: configFixture(text),
    layers: [layerFixture()],
    history: [],
    annotations: {},
    ...platform,
  }
}

/** An index of the given platforms, for tests. */
export function imageFixture(
  platforms: readonly ImagePlatformDto[],
  image: Partial<ImageResponse> = {},
): ImageResponse {
  return {
    reference: 'quay.io/power/app:1.0',
    pinned: `quay.io/power/app@${digestOf('0')}`,
    repository: 'quay.io/power/app',
    tag: '1.0',
    digest: digestOf('0'),
    mediaType: 'application/vnd.oci.image.index.v1+json',
    kind: 'index',
    annotations: {},
    platforms: [...platforms],
    attestations: [],
    referrers: [],
    others: [],
    findings: [],
    checkedAt: '2026-11-24T00:00:00.000Z',
    warnings: [],
    ...image,
  }
}
