import { describe, expect, it } from 'vitest'
import {
  apiHost,
  atDigest,
  formatReference,
  formatRepository,
  isTag,
  parseReference,
  parseRepository,
  withDefaultTag,
} from './reference.ts'

const SHA256 = `sha256:${'a'.repeat(64)}`
const SHA512 = `sha512:${'b'.repeat(128)}`

describe('parseReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx'],
    ['  nginx\n', 'docker.io/library/nginx'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['org/app', 'docker.io/org/app'],
    ['org/team/app', 'docker.io/org/team/app'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/nginx', 'docker.io/library/nginx'],
    ['registry-1.docker.io/library/nginx', 'docker.io/library/nginx'],
    ['quay.io/org/app:1.2', 'quay.io/org/app:1.2'],
    ['Quay.IO/org/app', 'quay.io/org/app'],
    ['quay.io/app', 'quay.io/app'],
    ['localhost/app', 'localhost/app'],
    ['localhost:5000/app', 'localhost:5000/app'],
    ['localhost:5000/app:1', 'localhost:5000/app:1'],
    ['r.test:65535/app', 'r.test:65535/app'],
    ['127.0.0.1:5000/app', '127.0.0.1:5000/app'],
    ['[::1]:5000/app:1', '[::1]:5000/app:1'],
    ['[2001:DB8::1]/org/app', '[2001:db8::1]/org/app'],
    ['app:5000', 'docker.io/library/app:5000'],
    ['a__b/c--d/e.f_g', 'docker.io/a__b/c--d/e.f_g'],
    [`nginx@${SHA256}`, `docker.io/library/nginx@${SHA256}`],
    [`nginx:1.27@${SHA256}`, `docker.io/library/nginx:1.27@${SHA256}`],
    [`localhost:5000/app@${SHA512}`, `localhost:5000/app@${SHA512}`],
    [`app:${'t'.repeat(128)}`, `docker.io/library/app:${'t'.repeat(128)}`],
    ['app:_A.b-C', 'docker.io/library/app:_A.b-C'],
    ['oci:samples/app', 'oci:samples/app'],
    ['oci:samples/app:1.2', 'oci:samples/app:1.2'],
    ['oci:/srv/layouts/app/', 'oci:/srv/layouts/app'],
    ['oci:/', 'oci:/'],
    ['oci:app', 'oci:app'],
    ['oci:app:1', 'oci:app:1'],
    ['oci:../Upper Case/app', 'oci:../Upper Case/app'],
    [`oci:samples/app@${SHA256}`, `oci:samples/app@${SHA256}`],
    ['oci:a:b/app', 'oci:a:b/app'],
  ])('%s is %s, and reads back to the same', (text, canonical) => {
    const reference = parseReference(text)
    expect(formatReference(reference)).toBe(canonical)
    expect(parseReference(canonical)).toEqual(reference)
  })

  it.each([
    ['nothing', ''],
    ['blanks', ' \t\n'],
    ['a slash', '/'],
    ['a leading slash', '/app'],
    ['a trailing slash', 'quay.io/org/'],
    ['a host alone', 'quay.io/'],
    ['two slashes', 'quay.io//app'],
    ['an upper-case path', 'quay.io/Org/app'],
    ['an upper-case name', 'Nginx'],
    ['a blank inside', 'my app'],
    ['an empty tag', 'app:'],
    ['a tag with a slash', 'r.test/app:a/b'],
    ['a tag of 129 characters', `app:${'t'.repeat(129)}`],
    ['a tag that begins with a dot', 'app:.1'],
    ['a tag that begins with a dash', 'app:-1'],
    ['two tags', 'app:1:2'],
    ['port 0', 'localhost:0/app'],
    ['a port too high', 'localhost:65536/app'],
    ['a port that is no number', 'localhost:http/app'],
    ['an empty port', 'localhost:/app'],
    ['a host with two dots', 'a..b/app'],
    ['a host with a dash in front', '-a.test/app'],
    ['a broken IPv6 address', '[::1/app'],
    ['a user in the host', 'user:secret.test/app'],
    ['a scheme', 'https://quay.io/org/app'],
    ['a path that climbs', 'quay.io/../app'],
    ['a path with a dot in front', 'quay.io/.hidden'],
    ['three underscores', 'a___b'],
    ['a NUL', 'app\0'],
    ['a NUL in a layout', 'oci:a\0b'],
    ['an empty layout', 'oci:'],
    ['a layout with only a tag', 'oci::1'],
    ['a name of 256 characters', `quay.io/${'a'.repeat(248)}`],
    ['too much of everything', 'a'.repeat(4097)],
    ['letters that only look alike', 'quay.io/аpp'],
  ])('%s is refused', (_, text) => {
    expect(() => parseReference(text)).toThrow(
      expect.objectContaining({ code: 'reference_invalid', hint: expect.any(String) }),
    )
  })

  it.each([
    ['an empty digest', 'app@'],
    ['a short digest', 'app@sha256:abc'],
    ['an upper-case digest', `app@sha256:${'A'.repeat(64)}`],
    ['two digests', `app@${SHA256}@${SHA256}`],
    ['an unknown algorithm', `app@md5:${'a'.repeat(32)}`],
  ])('%s is refused as a digest', (_, text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'digest_invalid' }))
  })

  it('takes a name of 255 characters, host included', () => {
    const path = 'a'.repeat(247)
    expect(parseReference(`quay.io/${path}`).repository).toMatchObject({ path })
  })

  it('keeps a long text out of its message', () => {
    expect(() => parseReference(`A${'x'.repeat(4_000)}`)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,400}$/s) }),
    )
  })
})

describe('repositories', () => {
  it('are references without tag and digest', () => {
    expect(formatRepository(parseRepository('nginx'))).toBe('docker.io/library/nginx')
    for (const text of ['nginx:1', `nginx@${SHA256}`]) {
      expect(() => parseRepository(text)).toThrow(expect.objectContaining({ code: 'reference_invalid' }))
    }
  })

  it.each([
    ['docker.io', 'registry-1.docker.io'],
    ['quay.io', 'quay.io'],
    ['evil-docker.io', 'evil-docker.io'],
  ])('of %s are served by %s', (host, api) => expect(apiHost(host)).toBe(api))
})

describe('what is wanted of a repository', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1', 'docker.io/library/nginx:1'],
    [`nginx@${SHA256}`, `docker.io/library/nginx@${SHA256}`],
  ])('%s with the default tag is %s', (text, expected) =>
    expect(formatReference(withDefaultTag(parseReference(text)))).toBe(expected),
  )

  it('drops the tag when a digest is taken', () => {
    const reference = parseReference(`nginx:1@${SHA256}`)
    if (reference.digest === undefined) throw new Error('no digest')
    expect(formatReference(atDigest(reference.repository, reference.digest))).toBe(
      `docker.io/library/nginx@${SHA256}`,
    )
  })

  it.each([
    ['1', true],
    ['_', true],
    ['t'.repeat(128), true],
    ['t'.repeat(129), false],
    ['', false],
    ['a b', false],
    ['a/b', false],
    ['a\n', false],
  ])('“%s” as a tag: %s', (text, expected) => expect(isTag(text)).toBe(expected))
})
