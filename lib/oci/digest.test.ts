import { describe, expect, it } from 'vitest'
import { digestAlgorithm, isDigest, parseDigest, shortDigest } from './digest.ts'

const SHA256 = `sha256:${'a1'.repeat(32)}`
const SHA512 = `sha512:${'b2'.repeat(64)}`

describe('digests', () => {
  it.each([SHA256, SHA512])('%s is one', (text) => {
    expect(isDigest(text)).toBe(true)
    expect(parseDigest(text)).toBe(text)
    expect(text.startsWith(digestAlgorithm(parseDigest(text)))).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['no algorithm', 'a1'.repeat(32)],
    ['no hex', 'sha256:'],
    ['one short', SHA256.slice(0, -1)],
    ['one long', `${SHA256}0`],
    ['upper-case hex', SHA256.toUpperCase().replace('SHA256', 'sha256')],
    ['an upper-case algorithm', SHA256.replace('sha256', 'SHA256')],
    ['not hex', `sha256:${'g'.repeat(64)}`],
    ['the length of another algorithm', `sha512:${'a'.repeat(64)}`],
    ['an algorithm nobody can verify', `md5:${'a'.repeat(32)}`],
    ['a name every object has', `constructor:${'a'.repeat(64)}`],
    ['a space in front', ` ${SHA256}`],
    ['a newline at the end', `${SHA256}\n`],
    ['a path', `sha256:../../${'a'.repeat(58)}`],
    ['two of them', `${SHA256}@${SHA256}`],
  ])('%s is none', (_, text) => {
    expect(isDigest(text)).toBe(false)
    expect(() => parseDigest(text)).toThrow(expect.objectContaining({ code: 'digest_invalid' }))
  })

  it('keeps a long wrong one out of the message', () => {
    expect(() => parseDigest('x'.repeat(100_000))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,200}$/) }),
    )
  })

  it.each([
    [SHA256, 'a1a1a1…a1a1'],
    ['sha256:abc', 'abc'],
    ['abcdef0123456789', 'abcdef…6789'],
    ['', ''],
  ])('shortens %s, both ends kept', (text, short) => expect(shortDigest(text)).toBe(short))
})
