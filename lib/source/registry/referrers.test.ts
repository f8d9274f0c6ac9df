import { describe, expect, test } from 'vitest'
import { type Digest, parseDigest } from '#lib/oci/digest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import { fallbackTag } from './referrers.ts'
import type { FakeHandler } from './testing/fake-registry.ts'
import { failureOf, openFake } from './testing/open-fake.ts'

const subject = parseDigest(`sha256:${'a'.repeat(64)}`)
const referrer = (n: number) => ({
  mediaType: MEDIA_TYPE.ociManifest,
  digest: `sha256:${n.toString(16).padStart(64, '0')}`,
  size: 1,
  artifactType: 'application/x',
})
const list = (from: number, count: number, link?: string) =>
  Response.json(
    {
      schemaVersion: 2,
      mediaType: MEDIA_TYPE.ociIndex,
      manifests: Array.from({ length: count }, (_, n) => referrer(from + n)),
    },
    { headers: { 'content-type': MEDIA_TYPE.ociIndex, ...(link === undefined ? {} : { link }) } },
  )
const notFound = (code?: string) =>
  code === undefined
    ? new Response('404 page not found', { status: 404 })
    : Response.json({ errors: [{ code }] }, { status: 404 })
const isApi = (request: Request) => request.url.includes('/referrers/')

describe('the referrers API', () => {
  test('its list is the answer, also an empty one', async () => {
    const { source, registry } = await openFake(() => list(0, registry.lines.length - 1))
    expect(await source.listReferrers(subject)).toEqual({ via: 'api', descriptors: [] })
    expect(await source.listReferrers(subject)).toMatchObject({
      via: 'api',
      descriptors: [{ artifactType: 'application/x' }],
    })
    expect(registry.lines[0]).toBe(`GET /v2/org/app/referrers/${subject}`)
  })

  test('pages are followed by Link', async () => {
    const { source, registry } = await openFake(() =>
      registry.lines.length === 1 ? list(0, 2, '<?next=2>; rel="next"') : list(2, 1),
    )
    expect((await source.listReferrers(subject)).descriptors).toHaveLength(3)
  })

  test.each<[string, FakeHandler]>([
    ['a page of 1,500', () => list(0, 1_500)],
    ['pages without end', () => list(0, 400, `<?next=${Math.random()}>; rel="next"`)],
  ])('%s gives 1,000', async (_, handler) => {
    const { source } = await openFake(handler)
    expect((await source.listReferrers(subject)).descriptors).toHaveLength(1_000)
  })

  test('a circle ends', async () => {
    const { source } = await openFake(() => list(0, 1, `</v2/org/app/referrers/${subject}>; rel="next"`))
    expect((await source.listReferrers(subject)).descriptors).toHaveLength(1)
  })

  test.each<[string, FakeHandler, string]>([
    ['a broken list', () => new Response('{"manifests":[{}]}'), 'manifest_invalid'],
    ['not JSON', () => new Response('no'), 'manifest_invalid'],
    ['no rights', () => new Response(null, { status: 403 }), 'forbidden'],
    ['another host', () => list(0, 1, '<https://evil.example/>; rel="next"'), 'registry_protocol'],
  ])('%s is told', async (_, handler, code) => {
    const { source } = await openFake(handler)
    expect(await failureOf(source.listReferrers(subject))).toMatchObject({ code })
  })
})

describe('without the API, the fallback tag', () => {
  test.each<[string, () => Response]>([
    ['404', () => notFound()],
    ['405', () => new Response(null, { status: 405 })],
    ['400', () => new Response(null, { status: 400 })],
    [
      'a page for every path',
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    ],
  ])('%s leads to the tag, and the host is not asked again for some minutes', async (_, api) => {
    const { source, open, registry, clock } = await openFake((request) =>
      isApi(request) ? api() : list(0, 2),
    )
    expect(await source.listReferrers(subject)).toMatchObject({ via: 'tag', descriptors: [{}, {}] })
    expect(registry.lines[1]).toBe(`GET /v2/org/app/manifests/sha256-${'a'.repeat(64)}`)
    await open('org/other').listReferrers(subject)
    expect(registry.lines).toHaveLength(3)
    clock.pass(10 * 60_000)
    await source.listReferrers(subject)
    expect(registry.lines).toHaveLength(5)
  })

  test('an unknown repository says nothing about the host', async () => {
    const { source, registry } = await openFake(() => notFound('NAME_UNKNOWN'))
    expect(await source.listReferrers(subject)).toEqual({ via: 'none', descriptors: [] })
    await source.listReferrers(subject)
    expect(registry.requests.filter(isApi)).toHaveLength(2)
  })

  test.each<[string, () => Response]>([
    ['no such tag', () => notFound('MANIFEST_UNKNOWN')],
    ['not JSON', () => new Response('no')],
    ['a broken index', () => Response.json({ manifests: [{ digest: 'x' }] })],
    ['an image', () => Response.json({ schemaVersion: 2, config: referrer(1), layers: [] })],
    ['too large', () => new Response(' '.repeat((4 << 20) + 1))],
    ['too many children', () => list(0, 1_001)],
  ])('%s is no referrers', async (_, tag) => {
    const { source } = await openFake((request) => (isApi(request) ? notFound() : tag()))
    expect(await source.listReferrers(subject)).toEqual({ via: 'none', descriptors: [] })
  })

  test('trouble is told', async () => {
    const { source } = await openFake((request) =>
      isApi(request) ? notFound() : new Response(null, { status: 403 }),
    )
    expect(await failureOf(source.listReferrers(subject))).toMatchObject({ code: 'forbidden' })
  })
})

test.each<[string, string]>([
  [subject, `sha256-${'a'.repeat(64)}`],
  [`sha512:${'b'.repeat(128)}`, `sha512-${'b'.repeat(64)}`],
])('the fallback tag of %s', (digest, tag) => {
  expect(fallbackTag(digest as Digest)).toBe(tag)
})
