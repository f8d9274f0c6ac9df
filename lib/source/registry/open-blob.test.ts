import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Descriptor } from '#lib/oci/manifest.ts'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { endlessBody } from './testing/fake-registry.ts'
import { collect, failureOf, openFake } from './testing/open-fake.ts'

const layer = randomBytes(5 << 20)
const descriptor: Descriptor = {
  mediaType: '',
  digest: digestOf(layer),
  sizeBytes: layer.length,
  annotations: {},
}

/** A chunk is gone once the next one is asked for. */
async function* copies(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) yield Uint8Array.from(chunk)
}

describe('a layer as it comes', () => {
  test('whole, in order, through a redirect', async () => {
    const { source, registry } = await openFake((request) =>
      request.url.endsWith('/elsewhere')
        ? new Response(layer)
        : new Response(null, { status: 307, headers: { location: '/elsewhere' } }),
    )
    expect(Buffer.concat(await collect(copies(source.openBlob(descriptor)))).equals(layer)).toBe(true)
    expect(registry.lines).toEqual([`GET /v2/org/app/blobs/${descriptor.digest}`, 'GET /elsewhere'])
  })

  test('asks nothing before the first chunk is wanted', async () => {
    const { source, registry } = await openFake(() => new Response(layer))
    source.openBlob(descriptor)
    expect(registry.lines).toEqual([])
  })

  test('more bytes than it should have are stopped', async () => {
    const { source } = await openFake(() => new Response(endlessBody(50 << 20).body))
    expect(await failureOf(collect(source.openBlob(descriptor)))).toMatchObject({ code: 'digest_mismatch' })
  })

  test('a slow reader holds the transfer up instead of filling memory', async () => {
    const { body, sentBytes } = endlessBody(100 << 20)
    const { source } = await openFake(() => new Response(body))
    const sized = { ...descriptor, sizeBytes: 100 << 20 }
    for await (const _ of source.openBlob(sized)) {
      await sleep(300)
      break
    }
    expect(sentBytes()).toBeLessThan(50 << 20)
  })

  test('leaving and aborting end the transfer', async () => {
    const { body, sentBytes } = endlessBody(100 << 20)
    const { source } = await openFake(() => new Response(body))
    const stop = new AbortController()
    const sized = { ...descriptor, sizeBytes: 100 << 20 }
    const reading = async () => {
      for await (const _ of source.openBlob(sized, { signal: stop.signal })) stop.abort()
    }
    expect(await failureOf(reading())).toMatchObject({ code: 'cancelled' })
    expect(sentBytes()).toBeLessThan(100 << 20)
  })

  test('a connection that breaks is told', async () => {
    const { source } = await openFake(
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(layer.subarray(0, 1000))
            },
            async pull(controller) {
              await sleep(20)
              controller.error(new Error('gone'))
            },
          }),
        ),
    )
    expect(await failureOf(collect(source.openBlob(descriptor)))).toMatchObject({
      code: 'registry_unavailable',
    })
  })

  test('silence within the body is a time-out', async () => {
    const { source } = await openFake(
      () =>
        new Response(
          new ReadableStream({ start: (controller) => controller.enqueue(layer.subarray(0, 1000)) }),
        ),
      { timeouts: { bodyIdleMs: 200 } },
    )
    expect(await failureOf(collect(source.openBlob(descriptor)))).toMatchObject({ code: 'registry_timeout' })
  })

  test('what is not there is blob_unknown', async () => {
    const { source } = await openFake(() =>
      Response.json({ errors: [{ code: 'BLOB_UNKNOWN' }] }, { status: 404 }),
    )
    expect(await failureOf(collect(source.openBlob(descriptor)))).toMatchObject({ code: 'blob_unknown' })
  })
})

describe('a part of a blob', () => {
  const range = { offset: 1000, lengthBytes: 51 }
  const part = layer.subarray(1000, 1051)
  const headers = { 'content-range': `bytes 1000-1050/${layer.length}` }

  test('is asked for by range, through a redirect', async () => {
    const { source, registry } = await openFake((request) => {
      if (!request.url.endsWith('/elsewhere'))
        return new Response(null, { status: 307, headers: { location: '/elsewhere' } })
      const isRange = request.headers.get('range') === 'bytes=1000-1050'
      return isRange ? new Response(part, { status: 206, headers }) : new Response(layer)
    })
    const bytes = await source.readRange(descriptor, range)
    expect(bytes && part.equals(bytes)).toBe(true)
    expect(registry.lines).toHaveLength(2)
  })

  test.each<[string, () => Response]>([
    ['ignores ranges', () => new Response(layer)],
    ['ignores ranges and tells no length', () => new Response(endlessBody(50 << 20).body)],
    ['refuses them', () => new Response(null, { status: 416 })],
    [
      'sends another',
      () => new Response(part, { status: 206, headers: { 'content-range': 'bytes 0-50/99' } }),
    ],
    ['sends less', () => new Response(part.subarray(1), { status: 206, headers })],
    ['calls the start of the whole a part', () => new Response(part)],
  ])('is undefined where the registry %s', async (_, answer) => {
    const { source } = await openFake(answer)
    expect(await source.readRange(descriptor, range)).toBeUndefined()
  })
})
