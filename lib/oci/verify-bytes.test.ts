import { describe, expect, it } from 'vitest'
import { parseDigest } from './digest.ts'
import { digestOf, verifyBytes } from './verify-bytes.ts'

const BYTES = new TextEncoder().encode('{}')

describe('verifyBytes', () => {
  it('knows the digest of the empty config by heart', () => {
    expect(digestOf(BYTES)).toBe('sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  })

  it.each(['sha256', 'sha512'] as const)('accepts what hashes to its %s digest', (algorithm) => {
    const digest = digestOf(BYTES, algorithm)
    expect(parseDigest(digest)).toBe(digest)
    expect(() => verifyBytes(BYTES, digest, 'the config')).not.toThrow()
  })

  it.each(['sha256', 'sha512'] as const)('refuses what does not, naming it: %s', (algorithm) => {
    const digest = digestOf(BYTES, algorithm)
    const lie = new TextEncoder().encode('{ }')
    for (const bytes of [lie, new Uint8Array()]) {
      expect(() => verifyBytes(bytes, digest, 'the config')).toThrow(
        expect.objectContaining({
          code: 'digest_mismatch',
          message: expect.stringContaining('the config'),
          hint: expect.stringContaining('Do not use it'),
        }),
      )
    }
  })
})
