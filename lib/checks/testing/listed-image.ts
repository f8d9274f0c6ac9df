import type { ImageConfig } from '#lib/oci/image-config.ts'
import type { Platform } from '#lib/oci/platform.ts'
import type { ListedImage, RegistryFacts } from '../facts.ts'

/** What may be said of an image under test; the rest is as a healthy image has it. */
export interface ListedImageSpec extends Partial<Omit<ImageConfig, 'platform'>> {
  readonly digest?: string
  /** Contents from the base up: equal names are equal layers. Its own one when absent. */
  readonly layers?: readonly string[]
  readonly layerBytes?: number
  /** History lines, one a layer. */
  readonly madeBy?: readonly string[]
  /** What the index says, where it is not what the config says. */
  readonly index?: Platform
}

/** A platform of `os/architecture[/variant]`, nothing normalised. */
export function platformOf(text: string): Platform {
  const [os = '', architecture = '', variant] = text.split('/')
  return { os, architecture, ...(variant === undefined ? {} : { variant }) }
}

/** An image that an index lists, whole and healthy but for what `spec` says. */
export function listedImage(text: string, spec: ListedImageSpec = {}): ListedImage {
  const {
    digest = `sha256:${text}`,
    layers = [`layer of ${text}`],
    layerBytes = 5_000_000,
    madeBy,
    index,
    ...config
  } = spec
  const platform = platformOf(text)
  return {
    digest,
    configDigest: `sha256:config of ${digest}`,
    indexPlatform: index ?? platform,
    configPlatform: platform,
    layers: layers.map((name) => ({ digest: `sha256:${name}`, sizeBytes: layerBytes })),
    config: {
      platform,
      created: '2026-09-15T12:00:00Z',
      entrypoint: ['/app'],
      cmd: [],
      user: '65532',
      env: ['PATH=/usr/bin:/bin'],
      workingDir: '/',
      exposedPorts: [],
      volumes: [],
      labels: {},
      history: (madeBy ?? []).map((createdBy) => ({ createdBy, emptyLayer: false })),
      diffIds: layers.map((name) => `sha256:${name} unpacked`),
      ...config,
    },
  }
}

/** The facts of an index of these images. */
export function indexFacts(images: readonly ListedImage[], more: Partial<RegistryFacts> = {}): RegistryFacts {
  return { kind: 'index', digest: 'sha256:index', images, nestedIndexes: [], ...more }
}
