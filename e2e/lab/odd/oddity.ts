import { type BuiltImage, buildImage, type ImageSpec } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { type SampleArchitecture, type SampleLayers, sampleEpochSeconds } from '#e2e/lab/sample-release.ts'

/** One image that differs from a healthy one in one way. */
export interface Oddity {
  /** What is odd, in one sentence. */
  readonly says: string
  build(kit: OddKit): OddParts
}

/** What an oddity consists of. */
export interface OddParts {
  readonly manifest: BuiltManifest
  /** Further manifests and their tags, such as referrers. */
  readonly companions?: readonly { readonly tag: string; readonly manifest: BuiltManifest }[]
  /** Children to delete after the push. */
  readonly deleted?: readonly BuiltManifest[]
}

/** Makes the healthy parts of an oddity; images of different oddities never share a digest. */
export interface OddKit {
  /** The image of one architecture, with what the spec says over it. `binary` is what its `/app` really is. */
  image(architecture: SampleArchitecture, spec?: ImageSpec & { binary?: SampleArchitecture }): BuiltImage
  /** Healthy images of all four architectures, in order. */
  images(spec?: ImageSpec): readonly [BuiltImage, BuiltImage, BuiltImage, BuiltImage]
  /** An index of these images. */
  index(...children: readonly BuiltManifest[]): BuiltManifest
}

/** The kit for the oddity of this name. */
export function makeOddKit(name: string, layers: SampleLayers): OddKit {
  const created = new Date(sampleEpochSeconds * 1_000).toISOString()
  const marker = buildLayer([{ path: 'etc/oddity', content: `${name}\n`, mtimeSeconds: sampleEpochSeconds }])
  const image: OddKit['image'] = (architecture, { binary = architecture, ...spec } = {}) =>
    buildImage({
      architecture,
      layers: [layers[binary], marker],
      ...spec,
      config: {
        User: '65532:65532',
        Entrypoint: ['/app'],
        WorkingDir: '/',
        Labels: { 'org.opencontainers.image.title': name, 'org.opencontainers.image.version': '1.0.0' },
        ...spec.config,
      },
      configFields: { created, ...spec.configFields },
    })
  return {
    image,
    images: (spec) => [
      image('amd64', spec),
      image('arm64', spec),
      image('ppc64le', spec),
      image('s390x', spec),
    ],
    index: (...children) => buildIndex({ children }),
  }
}
