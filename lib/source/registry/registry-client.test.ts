import { describe, expect, test } from 'vitest'
import { createRegistryOpener } from './registry-opener.ts'
import { stalledBody } from './testing/fake-registry.ts'
import { failureOf, openFake, passwordOf, storeOf } from './testing/open-fake.ts'

const serve = (headers: Record<string, string> = {}) => new Response('{}', { headers })

describe('trouble', () => {
  test('429 with Retry-After is waited for', async () => {
    let tries = 0
    const { source, clock } = await openFake(() =>
      tries++ === 0 ? new Response(null, { status: 429, headers: { 'retry-after': '2' } }) : serve(),
    )
    await source.getManifest('1')
    expect(clock.sleeps).toEqual([2_000])
  })

  test('429 without Retry-After is tried three times, then told', async () => {
    const { source, clock, registry } = await openFake(() =>
      Response.json({ errors: [{ code: 'TOOMANYREQUESTS', message: 'slow down' }] }, { status: 429 }),
    )
    expect(await failureOf(source.getManifest('1'))).toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('slow down'),
    })
    expect(clock.sleeps).toEqual([1_000, 3_000])
    expect(registry.lines).toHaveLength(3)
  })

  test('429 for a long time is told at once, with how long', async () => {
    const { source, clock } = await openFake(
      () => new Response(null, { status: 429, headers: { 'retry-after': '3600' } }),
    )
    expect(await failureOf(source.getManifest('1'))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 3_600_000,
    })
    expect(clock.sleeps).toEqual([])
  })

  test('a server that never answers is a time-out, not a hang', async () => {
    const { source } = await openFake(
      (request) => (request.url.endsWith('body') ? new Response(stalledBody('{')) : new Promise(() => {})),
      { timeouts: { headersMs: 200, bodyIdleMs: 200, requestMs: 2_000 } },
    )
    for (const tag of ['headers', 'body']) {
      expect(await failureOf(source.getManifest(tag))).toMatchObject({ code: 'registry_timeout' })
    }
  })

  test('an abort ends the wait for a retry, for a slot and for an answer', async () => {
    const { source } = await openFake(() => new Promise(() => {}))
    const controller = new AbortController()
    const work = Array.from({ length: 40 }, () =>
      failureOf(source.getManifest('1', { signal: controller.signal })),
    )
    setTimeout(() => controller.abort(), 100)
    for (const error of await Promise.all(work)) expect(error).toMatchObject({ code: 'cancelled' })
    expect(await failureOf(source.getManifest('1', { signal: controller.signal }))).toMatchObject({
      code: 'cancelled',
    })
  })

  test.each(['169.254.169.254', '[fe80::1]:5000', 'metadata.google.internal'])(
    'a registry at %s is not opened',
    async (host) => {
      const opener = createRegistryOpener({
        addressPolicy: { servesLoopbackOnly: true, allowHosts: [] },
        insecureHosts: [],
        caCertificates: [],
        proxy: {},
        userAgent: 'archway-test',
        credentials: storeOf(passwordOf('u', 'p')),
      })
      expect(() => opener.open({ kind: 'registry', registry: host, path: 'a' })).toThrow(
        expect.objectContaining({ code: 'address_refused' }),
      )
    },
  )
})

describe('sharing a host fairly', () => {
  test('sixteen at a time, and people before background work', async () => {
    let inFlight = 0
    let most = 0
    const order: string[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { source, open } = await openFake(async (request) => {
      order.push(request.url.split('/').at(-1) ?? '')
      most = Math.max(most, ++inFlight)
      await gate
      inFlight--
      return serve()
    })
    const background = Array.from({ length: 32 }, (_, n) => source.getManifest(`b${n}`, { background: true }))
    const foreground = open('org/other').getManifest('f')
    await expect.poll(() => order.length).toBe(16)
    release()
    await Promise.all([...background, foreground])
    expect(most).toBe(16)
    expect(order.indexOf('f')).toBeLessThan(17 + 15)
    expect(order.indexOf('f')).toBeGreaterThanOrEqual(16)
  })

  test('background work stops below a quarter of the quota, people go on', async () => {
    let remaining = 26
    const { source, open } = await openFake(() =>
      serve({ 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': `${--remaining};w=21600` }),
    )
    expect(source.quota()).toBeUndefined()
    await source.getManifest('1', { background: true })
    await source.getManifest('2', { background: true })
    expect(await failureOf(open('org/other').getManifest('3', { background: true }))).toMatchObject({
      code: 'rate_limited',
      message: expect.stringMatching(/24 of 100.*paused/),
    })
    await source.getManifest('3')
    expect(source.quota()).toMatchObject({ limit: 100, remaining: 23, windowSeconds: 21_600 })
  })

  test('a thousand rows that wait stop as soon as the quota runs low', async () => {
    let remaining = 100
    const { source, registry } = await openFake(() =>
      serve({ 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': `${--remaining};w=21600` }),
    )
    const rows = Array.from({ length: 1_000 }, (_, n) => source.getManifest(`t${n}`, { background: true }))
    const outcomes = await Promise.allSettled(rows)
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(76 + 16)
    expect(registry.lines.length).toBeLessThanOrEqual(76 + 16)
  })

  test('a 429 ends background work on the host for a while, and does not stop people', async () => {
    let isBusy = true
    const { source, registry, clock } = await openFake(() =>
      isBusy ? new Response(null, { status: 429, headers: { 'retry-after': '60' } }) : serve(),
    )
    const rows = Array.from({ length: 200 }, (_, n) => source.getManifest(`t${n}`, { background: true }))
    for (const outcome of await Promise.allSettled(rows)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'rate_limited' } })
    }
    expect(registry.lines.length).toBeLessThanOrEqual(32)
    isBusy = false
    await source.getManifest('1')
    clock.pass(60_000)
    await source.getManifest('1', { background: true })
  })

  test('warnings are collected for their repository, each once', async () => {
    const { source, open } = await openFake(() => serve({ warning: '299 - "This tag is deprecated."' }))
    await source.getManifest('1')
    await source.getManifest('2')
    expect(source.warnings()).toEqual(['This tag is deprecated.'])
    expect(open('org/app').warnings()).toHaveLength(1)
    expect(open('org/other').warnings()).toEqual([])
  })
})
