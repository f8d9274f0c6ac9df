import { describe, expect, test } from 'vitest'
import type { Digest } from '#lib/oci/digest.ts'
import { MANIFEST_ACCEPT, MEDIA_TYPE } from '#lib/oci/media-type.ts'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { endlessBody, startFakeRegistry } from './testing/fake-registry.ts'
import { failureOf, openFake, passwordOf, storeOf } from './testing/open-fake.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const index = bytes('{"schemaVersion":2,"manifests":[]}')
const indexDigest = digestOf(index)
const other = digestOf(bytes('something else'))
const serve = (headers: Record<string, string> = {}) =>
  new Response(index, { headers: { 'content-type': MEDIA_TYPE.ociIndex, ...headers } })
const unknown = (code: string) => Response.json({ errors: [{ code }] }, { status: 404 })

describe('manifests', () => {
  test('by tag: bytes, digest and stated media type; all four kinds are accepted', async () => {
    const { source, registry } = await openFake(() => serve({ 'docker-content-digest': indexDigest }))
    expect(await source.getManifest('1.2')).toEqual({
      bytes: index,
      digest: indexDigest,
      contentType: MEDIA_TYPE.ociIndex,
    })
    expect(registry.lines).toEqual(['GET /v2/org/app/manifests/1.2'])
    expect(registry.requests[0]?.headers.get('accept')).toBe(MANIFEST_ACCEPT)
  })

  test.each<[string, Record<string, string>]>([
    ['without a stated digest', {}],
    ['with one that is none', { 'docker-content-digest': 'sha256:x' }],
    ['with one of an unknown algorithm', { 'docker-content-digest': 'blake3:abcd' }],
  ])('by tag %s, the body is hashed', async (_, headers) => {
    const { source } = await openFake(() => serve(headers))
    expect((await source.getManifest('1')).digest).toBe(indexDigest)
  })

  test('by tag, a stated digest that the bytes do not have is refused', async () => {
    const { source } = await openFake(() => serve({ 'docker-content-digest': other }))
    expect(await failureOf(source.getManifest('1'))).toMatchObject({ code: 'digest_mismatch' })
  })

  test('by digest, other bytes are refused whatever the header says', async () => {
    const { source } = await openFake(() => serve({ 'docker-content-digest': other }))
    expect(await failureOf(source.getManifest(other))).toMatchObject({
      code: 'digest_mismatch',
      message: expect.stringContaining(`org/app@${other}`),
    })
    expect((await source.getManifest(indexDigest)).digest).toBe(indexDigest)
  })

  test('sha512, asked for and stated', async () => {
    const sha512 = digestOf(index, 'sha512')
    const { source } = await openFake(() => serve({ 'docker-content-digest': sha512 }))
    expect((await source.getManifest(sha512)).digest).toBe(sha512)
    expect((await source.getManifest('1')).digest).toBe(sha512)
    const wrong = digestOf(bytes('x'), 'sha512')
    expect(await failureOf(source.getManifest(wrong))).toMatchObject({ code: 'digest_mismatch' })
  })

  test('of 10 MiB are stopped at 4, stated or not', async () => {
    const { body, sentBytes } = endlessBody(10 << 20)
    const { source } = await openFake((request) =>
      request.url.endsWith('sized')
        ? new Response(body, { headers: { 'content-length': `${10 << 20}` } })
        : new Response(endlessBody(10 << 20).body),
    )
    for (const tag of ['sized', 'chunked']) {
      expect(await failureOf(source.getManifest(tag))).toMatchObject({ code: 'manifest_too_large' })
    }
    expect(sentBytes()).toBeLessThan(10 << 20)
  })

  test.each(['../../x', 'a/b', '', 'sha256:abc', '-x', 'a b'])('%j is not asked for', async (tag) => {
    const { source, registry } = await openFake(() => serve())
    expect(await failureOf(source.getManifest(tag))).toMatchObject({ code: 'reference_invalid' })
    expect(registry.lines).toEqual([])
  })

  test.each([
    ['MANIFEST_UNKNOWN', 'manifest_unknown'],
    ['NAME_UNKNOWN', 'repository_unknown'],
  ])('404 %s is %s', async (code, expected) => {
    const { source } = await openFake(() => unknown(code))
    expect(await failureOf(source.getManifest('1'))).toMatchObject({ code: expected })
  })

  test('a web page with a good status is a web page', async () => {
    const { source } = await openFake(
      () =>
        new Response('<!DOCTYPE html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } }),
    )
    expect(await failureOf(source.getManifest('1'))).toMatchObject({
      code: 'registry_protocol',
      message: expect.stringContaining('web page'),
    })
  })
})

describe('HEAD', () => {
  test.each<[string, Response, unknown]>([
    ['tells digest and type', serve({ 'docker-content-digest': indexDigest }), { digest: indexDigest }],
    ['may not say the digest', serve(), { digest: undefined, contentType: MEDIA_TYPE.ociIndex }],
    ['may say nonsense', serve({ 'docker-content-digest': 'x' }), { digest: undefined }],
    ['may be unknown there', new Response(null, { status: 405 }), { digest: undefined }],
  ])('%s', async (_, response, expected) => {
    const { source, registry } = await openFake(() => new Response(null, response))
    expect(await source.headManifest('1')).toMatchObject(expected as object)
    expect(registry.lines).toEqual(['HEAD /v2/org/app/manifests/1'])
  })

  test('404 has no body to explain it', async () => {
    const { source } = await openFake(() => new Response(null, { status: 404 }))
    expect(await failureOf(source.headManifest('1'))).toMatchObject({ code: 'manifest_unknown' })
  })
})

describe('blobs', () => {
  const config = bytes('{"os":"linux"}')
  const descriptor = (changes: { digest?: Digest; sizeBytes?: number } = {}) => ({
    mediaType: MEDIA_TYPE.ociConfig,
    digest: digestOf(config),
    sizeBytes: config.byteLength,
    annotations: {},
    ...changes,
  })

  test('are verified, also behind a redirect', async () => {
    await using store = await startFakeRegistry(() => new Response(config))
    const { source } = await openFake(() => Response.redirect(`${store.origin}/blob?sig=x`, 307))
    expect(await source.getBlob(descriptor(), 1_000)).toEqual(config)
  })

  test.each<[string, Parameters<typeof descriptor>[0], number, string]>([
    ['other bytes', { digest: other }, 1_000, 'digest_mismatch'],
    ['longer than stated', { sizeBytes: 3 }, 1_000, 'digest_mismatch'],
    ['shorter than stated', { sizeBytes: 30 }, 1_000, 'digest_mismatch'],
    ['larger than is wanted', { sizeBytes: 2_000 }, 1_000, 'config_too_large'],
  ])('%s', async (_, changes, maxBytes, code) => {
    const { source } = await openFake(() => new Response(config))
    expect(await failureOf(source.getBlob(descriptor(changes), maxBytes))).toMatchObject({ code })
  })

  test('a flood ends at the stated size', async () => {
    const { body, sentBytes } = endlessBody(1 << 30)
    const { source } = await openFake(() => new Response(body))
    expect(await failureOf(source.getBlob(descriptor(), 1_000))).toMatchObject({ code: 'digest_mismatch' })
    expect(sentBytes()).toBeLessThan(16 << 20)
  })

  test('not there', async () => {
    const { source } = await openFake(() => new Response(null, { status: 404 }))
    expect(await failureOf(source.getBlob(descriptor(), 1_000))).toMatchObject({ code: 'blob_unknown' })
  })

  test('the empty config needs no request', async () => {
    const { source, registry } = await openFake(() => new Response('{}'))
    const digest = digestOf(bytes('{}'))
    expect(await source.getBlob(descriptor({ digest, sizeBytes: 2 }), 1_000)).toEqual(bytes('{}'))
    expect(registry.lines).toEqual([])
  })
})

test('the credential in use is named, not told', async () => {
  const { source } = await openFake(() => serve(), { credentials: storeOf(passwordOf('user', 'secret')) })
  expect(await source.credentialKey()).toBe('key-of-user')
  const { source: anonymous } = await openFake(() => serve())
  expect(await anonymous.credentialKey()).toBe('anonymous')
})
