import type { BuiltBlob, Fields } from './blob.ts'

/** The `platform` object of a descriptor, in the wire's own field names. */
export interface WirePlatform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  readonly 'os.version'?: string
  readonly 'os.features'?: readonly string[]
}

/** A manifest or index with everything that must be in a registry before it. */
export interface BuiltManifest extends BuiltBlob {
  /** What an index says of it, unless told otherwise. Absent on indexes and artifacts. */
  readonly platform?: WirePlatform
  /** Further descriptor fields an index gives it, such as `artifactType`. */
  readonly descriptorFields?: Fields
  /** Config and layers. */
  readonly blobs: readonly BuiltBlob[]
  /** Manifests it lists. */
  readonly children: readonly BuiltManifest[]
}

/** `os/architecture[/variant]`: the text under which seeds name platforms. */
export function platformText(platform: WirePlatform): string {
  const base = `${platform.os}/${platform.architecture}`
  return platform.variant === undefined ? base : `${base}/${platform.variant}`
}
