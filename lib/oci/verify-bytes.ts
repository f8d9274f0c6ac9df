import { createHash } from 'node:crypto'
import { AppError } from '#lib/errors/app-error.ts'
import { type Digest, digestAlgorithm } from './digest.ts'

/** The digest of `bytes`. */
export function digestOf(bytes: Uint8Array, algorithm: 'sha256' | 'sha512' = 'sha256'): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}` as Digest
}

/** Promises that `bytes` hash to `digest`; throws `digest_mismatch` naming `what` otherwise. */
export function verifyBytes(bytes: Uint8Array, digest: Digest, what: string): void {
  const actual = digestOf(bytes, digestAlgorithm(digest))
  if (actual === digest) return
  throw new AppError('digest_mismatch', `The bytes of ${what} hash to ${actual}, not to ${digest}.`, {
    hint: 'The registry, or a proxy before it, returned other content than was asked for. Do not use it.',
  })
}
