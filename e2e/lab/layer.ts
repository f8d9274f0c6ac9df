import { gzipSync } from 'node:zlib'
import { type BuiltBlob, blobOf, digestOf } from './blob.ts'
import { mediaTypes } from './media-type.ts'
import { type TarEntry, writeTar } from './tar.ts'

/** A gzip layer with the digest of its uncompressed archive. */
export interface BuiltLayer extends BuiltBlob {
  readonly diffId: string
}

/** A gzip tar layer of these entries; equal entries give equal bytes under one Node version. */
export function buildLayer(entries: readonly TarEntry[]): BuiltLayer {
  const archive = writeTar(entries)
  return layerOf(archive, gzipSync(archive, { level: 9 }))
}

/** A layer from an archive and its compressed form, both given: they need not match. */
export function layerOf(archive: Uint8Array, compressed: Buffer): BuiltLayer {
  return { ...blobOf(mediaTypes.oci.layer, compressed), diffId: digestOf(archive) }
}
