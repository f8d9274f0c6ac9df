import { type BuiltBlob, descriptorOf, type Fields, jsonBlob } from './blob.ts'
import type { BuiltLayer } from './layer.ts'
import type { BuiltManifest, WirePlatform } from './manifest.ts'
import { type Dialect, mediaTypes } from './media-type.ts'

/** What an image is made of. Every `…Fields` object has the last word over what the builder would write. */
export interface ImageSpec {
  /** `linux` when absent. */
  readonly os?: string
  /** `amd64` when absent. */
  readonly architecture?: string
  readonly variant?: string
  readonly osVersion?: string
  readonly layers?: readonly BuiltLayer[]
  /** The inner `config` object: `Entrypoint`, `Env`, `User`, `Labels` and so on. */
  readonly config?: Fields
  /** Over the config document: `created`, `history`, or a false `architecture`. */
  readonly configFields?: Fields
  /** Over the manifest: `annotations`, `mediaType: undefined`, or anything else. */
  readonly manifestFields?: Fields
  /** `oci` when absent. */
  readonly dialect?: Dialect
}

/** An image: its manifest, and the config and layers apart. */
export interface BuiltImage extends BuiltManifest {
  readonly platform: WirePlatform
  readonly config: BuiltBlob
  readonly layers: readonly BuiltLayer[]
}

/** One manifest with one config, of the given platform, in either dialect. */
export function buildImage(spec: ImageSpec = {}): BuiltImage {
  const types = mediaTypes[spec.dialect ?? 'oci']
  const layers = (spec.layers ?? []).map((layer) => ({ ...layer, mediaType: types.layer }))
  const platform: WirePlatform = {
    architecture: spec.architecture ?? 'amd64',
    os: spec.os ?? 'linux',
    ...(spec.osVersion !== undefined && { 'os.version': spec.osVersion }),
    ...(spec.variant !== undefined && { variant: spec.variant }),
  }
  const config = jsonBlob(types.config, {
    ...platform,
    config: spec.config ?? {},
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
    history: layers.map(() => ({ created_by: 'e2e/lab' })),
    ...spec.configFields,
  })
  const manifest = jsonBlob(types.manifest, {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: descriptorOf(config),
    layers: layers.map(descriptorOf),
    ...spec.manifestFields,
  })
  return { ...manifest, platform, config, layers, blobs: [config, ...layers], children: [] }
}
