import { descriptorOf, type Fields, jsonBlob } from './blob.ts'
import type { BuiltManifest, WirePlatform } from './manifest.ts'
import { type Dialect, mediaTypes } from './media-type.ts'

/** A child and how the index describes it, which may be false. */
export interface IndexChild {
  readonly manifest: BuiltManifest
  /** The child's own platform when absent; `null` leaves the field out. */
  readonly platform?: WirePlatform | null
  readonly annotations?: Readonly<Record<string, string>>
  /** Over the descriptor: a false `size` or `mediaType`, `urls`, or anything else. */
  readonly fields?: Fields
}

/** What an index is made of. */
export interface IndexSpec {
  readonly children: readonly (BuiltManifest | IndexChild)[]
  /** `oci` when absent. */
  readonly dialect?: Dialect
  readonly annotations?: Readonly<Record<string, string>>
  /** Over the index document: `mediaType: undefined`, `subject`, or anything else. */
  readonly fields?: Fields
}

/** An index (or Docker manifest list) of the children, in the order given. */
export function buildIndex(spec: IndexSpec): BuiltManifest {
  const mediaType = mediaTypes[spec.dialect ?? 'oci'].index
  const children = spec.children.map((child) => ('manifest' in child ? child : { manifest: child }))
  const body = jsonBlob(mediaType, {
    schemaVersion: 2,
    mediaType,
    manifests: children.map(childDescriptor),
    ...(spec.annotations !== undefined && { annotations: spec.annotations }),
    ...spec.fields,
  })
  return { ...body, blobs: [], children: children.map((child) => child.manifest) }
}

function childDescriptor(child: IndexChild): Fields {
  const platform = child.platform === undefined ? child.manifest.platform : (child.platform ?? undefined)
  return {
    ...descriptorOf(child.manifest),
    ...(platform !== undefined && { platform }),
    ...child.manifest.descriptorFields,
    ...(child.annotations !== undefined && { annotations: child.annotations }),
    ...child.fields,
  }
}
