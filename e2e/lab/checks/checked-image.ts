import { createHash } from 'node:crypto'
import { type BuiltImage, buildImage, type ImageSpec } from '#e2e/lab/image.ts'
import { type BuiltLayer, buildLayer } from '#e2e/lab/layer.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'

/** An image made for checks, with what they must find in it: nothing more and nothing less. */
export interface CheckedImage {
  /** What it is, in one sentence. */
  readonly says: string
  /** `CODE` or `CODE platform`, sorted. */
  readonly finds: readonly string[]
  /** `CODE` of checks that must say that they could not look, beside those that need an earlier tag; none when absent. */
  readonly unjudged?: readonly string[]
  build(): BuiltManifest
  /** Digests to delete after the push; no other image may list them. */
  readonly deleted?: (manifest: BuiltManifest) => readonly string[]
}

/** How an image differs from a healthy one. */
export interface PartsSpec extends ImageSpec {
  /** Content of its layers from the base up; equal names are equal layers. */
  readonly contents?: readonly string[]
  /** History lines, one a layer. */
  readonly madeBy?: readonly string[]
  /** Bytes of each layer that do not compress. */
  readonly layerBytes?: number
  readonly created?: string
}

const EPOCH = '2026-09-15T12:00:00Z'

/** A healthy image for one architecture, with what the spec says over it. Its layers are no programs. */
export function checkedImage(architecture: string, spec: PartsSpec = {}): BuiltImage {
  const name = `${spec.os ?? 'linux'}/${architecture}/${spec.variant ?? ''}`
  const {
    contents = [`base of ${name}`, `app of ${name}`],
    madeBy,
    layerBytes = 2_000,
    created = EPOCH,
    ...rest
  } = spec
  const lines = madeBy ?? [`# debian.sh --arch '${architecture}' out/ 'bookworm'`, 'COPY app /app # buildkit']
  return buildImage({
    architecture,
    ...rest,
    layers: contents.map((content) => noiseLayer(content, layerBytes)),
    config: {
      Entrypoint: ['/app'],
      User: '65532:65532',
      WorkingDir: '/',
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      ...rest.config,
    },
    configFields: {
      created,
      history: contents.map((_, position) => ({ created, created_by: lines[position] ?? 'RUN true' })),
      ...rest.configFields,
    },
  })
}

/** The usual four architectures, each with its own spec. */
export function fourImages(specOf: (architecture: string) => PartsSpec = () => ({})): BuiltImage[] {
  return ['amd64', 'arm64', 'ppc64le', 's390x'].map((architecture) =>
    checkedImage(architecture, specOf(architecture)),
  )
}

/** The usual four; ppc64le differs. */
export function withOddPower(spec: PartsSpec, usual: PartsSpec = {}): BuiltImage[] {
  return fourImages((architecture) => (architecture === 'ppc64le' ? spec : usual))
}

/** A layer whose bytes follow from its name and do not compress. */
function noiseLayer(name: string, sizeBytes: number): BuiltLayer {
  const blocks = Array.from({ length: Math.ceil(sizeBytes / 32) }, (_, block) =>
    createHash('sha256').update(`${name} ${block}`).digest(),
  )
  return buildLayer([{ path: 'content', content: Buffer.concat(blocks).subarray(0, sizeBytes) }])
}
