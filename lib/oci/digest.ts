import { AppError } from '#lib/errors/app-error.ts'

/** A content digest, `algorithm:hex`, checked. https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests */
export type Digest = string & { readonly __brand: 'Digest' }

const HEX_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 }
const DIGEST = /^([a-z0-9]+(?:[.+_-][a-z0-9]+)*):([a-zA-Z0-9=_-]+)$/

/** Whether `text` is a digest of an algorithm Archway can verify (sha256, sha512). */
export function isDigest(text: string): text is Digest {
  const match = DIGEST.exec(text)
  if (!match) return false
  const [, algorithm = '', encoded = ''] = match
  return HEX_LENGTHS[algorithm] === encoded.length && /^[a-f0-9]+$/.test(encoded)
}

/** Parses a digest. Throws `digest_invalid`. */
export function parseDigest(text: string): Digest {
  if (isDigest(text)) return text
  throw new AppError('digest_invalid', `“${clip(text)}” is not a digest.`, {
    hint: 'A digest is sha256: and 64 lower-case hex characters, or sha512: and 128.',
  })
}

/** The algorithm of a digest: `sha256` or `sha512`. */
export function digestAlgorithm(digest: Digest): 'sha256' | 'sha512' {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256'
}

/** A digest short enough for a table, both ends kept: `9f3c1a…e70b`. */
export function shortDigest(digest: string): string {
  const hex = digest.slice(digest.indexOf(':') + 1)
  return hex.length > 12 ? `${hex.slice(0, 6)}…${hex.slice(-4)}` : hex
}

function clip(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
