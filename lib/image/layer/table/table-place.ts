import { type Digest, isDigest } from '#lib/oci/digest.ts'

/** Where a layer keeps its table of contents, and what the table hashes to, as the manifest states it. */
export type TablePlace =
  /** At the end, found by a footer. The digest is of the JSON. */
  | { readonly kind: 'estargz'; readonly checksum: Digest }
  /** The digest is of the packed JSON. */
  | {
      readonly kind: 'zstd-chunked'
      readonly checksum: Digest
      readonly offset: number
      readonly packedBytes: number
      readonly unpackedBytes: number
    }

const ESTARGZ = 'containerd.io/snapshot/stargz/toc.digest'
/** containers/storage used the second name until 2022; images made then are still about. */
const CHUNKED = ['io.github.containers.zstd-chunked', 'io.containers.zstd-chunked']
const POSITION = /^(\d{1,15}):(\d{1,15}):(\d{1,15}):1$/

/**
 * What a layer's annotations say of its table of contents. Undefined where they name none, or none that a manifest
 * vouches for: a table that nothing verifies is not believed.
 */
export function tablePlace(annotations: Readonly<Record<string, string>>): TablePlace | undefined {
  const estargz = annotations[ESTARGZ]
  if (estargz !== undefined) return isDigest(estargz) ? { kind: 'estargz', checksum: estargz } : undefined
  for (const prefix of CHUNKED) {
    const checksum = annotations[`${prefix}.manifest-checksum`]
    const position = POSITION.exec(annotations[`${prefix}.manifest-position`] ?? '')
    if (checksum === undefined || !isDigest(checksum) || !position) continue
    const [, offset, packedBytes, unpackedBytes] = position.map(Number)
    if (offset === undefined || packedBytes === undefined || unpackedBytes === undefined) continue
    return { kind: 'zstd-chunked', checksum, offset, packedBytes, unpackedBytes }
  }
  return undefined
}
