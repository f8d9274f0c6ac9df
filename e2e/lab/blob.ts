import { createHash } from 'node:crypto'

/** Bytes with what a descriptor says of them. */
export interface BuiltBlob {
  readonly mediaType: string
  /** `sha256:` and 64 hex digits, computed over `bytes`. */
  readonly digest: string
  /** Length of `bytes`. */
  readonly size: number
  readonly bytes: Buffer
}

/** JSON fields written as given. A value of `undefined` leaves the field out. */
export type Fields = Readonly<Record<string, unknown>>

/** The sha256 digest of bytes, as `sha256:hex`. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** A blob of these bytes. */
export function blobOf(mediaType: string, bytes: Buffer): BuiltBlob {
  return { mediaType, digest: digestOf(bytes), size: bytes.length, bytes }
}

/** A blob of compact JSON. Key order is the object's own, so equal input gives equal digests. */
export function jsonBlob(mediaType: string, value: unknown): BuiltBlob {
  return blobOf(mediaType, Buffer.from(JSON.stringify(value)))
}

/** The three fields every descriptor has, without the bytes. */
export function descriptorOf(blob: BuiltBlob): { mediaType: string; digest: string; size: number } {
  return { mediaType: blob.mediaType, digest: blob.digest, size: blob.size }
}
