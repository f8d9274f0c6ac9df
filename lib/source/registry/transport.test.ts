import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { endlessBody, stalledBody } from './testing/fake-registry.ts'
import { failureOf } from './testing/open-fake.ts'
import { get, openTransport, serve } from './testing/open-transport.ts'

describe('one answer', () => {
  test('status, headers, body and the final URL', async () => {
    const server = await serve(() => new Response('hello', { status: 404, headers: { 'x-y': 'z' } }))
    const response = await openTransport().send(get(`${server.origin}/v2/?a=b`))
    expect(response).toMatchObject({ status: 404, headers: { 'x-y': 'z' }, url: { pathname: '/v2/' } })
    expect(new TextDecoder().decode(response.body)).toBe('hello')
    expect(server.lines).toEqual(['GET /v2/?a=b'])
  })

  test('names itself, wants bytes as they are, and sends the login given', async () => {
    const server = await serve(() => new Response())
    await openTransport().send(get(server.origin, { authorization: 'Basic x', headers: { accept: 'a/b' } }))
    const headers = Object.fromEntries(server.requests[0]?.headers ?? [])
    expect(headers).toMatchObject({
      accept: 'a/b',
      authorization: 'Basic x',
      'accept-encoding': 'identity',
      'user-agent': 'archway-test',
    })
  })

  test('the body owns its memory', async () => {
    const server = await serve(() => new Response('hello'))
    const { body } = await openTransport().send(get(server.origin))
    expect(body.buffer.byteLength).toBe(5)
  })

  test('HEAD has no body although it states a length', async () => {
    const server = await serve(() => new Response(null, { headers: { 'content-length': '99999999' } }))
    const response = await openTransport().send(get(server.origin, { method: 'HEAD' }))
    expect(response).toMatchObject({ status: 200, headers: { 'content-length': '99999999' } })
  })
})

describe('byte limits', () => {
  test('a stated length beyond the limit is refused unread', async () => {
    const { body, sentBytes } = endlessBody(10 << 20)
    const server = await serve(() => new Response(body, { headers: { 'content-length': `${10 << 20}` } }))
    expect(await failureOf(openTransport().send(get(server.origin)))).toMatchObject({
      code: 'manifest_too_large',
    })
    expect(sentBytes()).toBeLessThan(10 << 20)
  })

  test('an unstated length is cut as soon as the limit is passed', async () => {
    const { body, sentBytes } = endlessBody(1 << 30)
    const server = await serve(() => new Response(body))
    expect(await failureOf(openTransport().send(get(server.origin)))).toMatchObject({
      code: 'manifest_too_large',
    })
    expect(sentBytes()).toBeLessThan(16 << 20)
  })

  test('exactly the limit is fine', async () => {
    const server = await serve(() => new Response('12345'))
    const limit = { ...get(server.origin).limit, maxBytes: 5 }
    expect((await openTransport().send(get(server.origin, { limit }))).body).toHaveLength(5)
  })

  test('of an error page, 64 KiB are read and the rest is left', async () => {
    const { body } = endlessBody(1 << 30)
    const server = await serve(() => new Response(body, { status: 500 }))
    const response = await openTransport().send(get(server.origin))
    expect(response.status).toBe(500)
    expect(response.body).toHaveLength(64 << 10)
  })

  test('a connection cut short is no answer', async () => {
    const server = await serve(() => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('half'))
          setTimeout(() => controller.error(new Error('cut')), 20)
        },
      })
      return new Response(body, { headers: { 'content-length': '8' } })
    })
    expect(await failureOf(openTransport().send(get(server.origin)))).toMatchObject({
      code: 'registry_unavailable',
    })
  })
})

describe('time', () => {
  const timeouts = { connectMs: 300, headersMs: 300, bodyIdleMs: 300, requestMs: 600 }

  test('headers that never come', async () => {
    const server = await serve(() => new Promise(() => {}))
    const error = await failureOf(openTransport({ timeouts }).send(get(server.origin)))
    expect(error).toMatchObject({ code: 'registry_timeout', message: expect.stringContaining(server.host) })
  })

  test('a body that stops', async () => {
    const server = await serve(() => new Response(stalledBody('{')))
    const patient = openTransport({ timeouts: { ...timeouts, requestMs: 5_000 } })
    const error = await failureOf(patient.send(get(server.origin)))
    expect(error).toMatchObject({ code: 'registry_timeout', message: expect.stringMatching(/middle/) })
  })

  test('a body that drips is ended by the whole time', async () => {
    const server = await serve(() => {
      let timer: NodeJS.Timeout
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          timer = setInterval(() => controller.enqueue(new Uint8Array(1)), 50)
        },
        cancel: () => clearInterval(timer),
      })
      return new Response(body)
    })
    const error = await failureOf(openTransport({ timeouts }).send(get(server.origin)))
    expect(error).toMatchObject({
      code: 'registry_timeout',
      message: expect.stringMatching(/within 1 seconds/),
    })
  })

  test('abort before, while waiting for headers, and in the body', async () => {
    const server = await serve((request) =>
      request.url.endsWith('/body') ? new Response(stalledBody('{')) : new Promise(() => {}),
    )
    const asked = openTransport()
    for (const [path, delayMs] of [
      ['/', -1],
      ['/', 50],
      ['/body', 50],
    ] as const) {
      const controller = new AbortController()
      if (delayMs < 0) controller.abort()
      else setTimeout(() => controller.abort(), delayMs)
      const error = await failureOf(asked.send(get(server.origin + path, { signal: controller.signal })))
      expect(error).toMatchObject({ code: 'cancelled' })
    }
  })

  test('an abort that carries an AppError is that error', async () => {
    const server = await serve(() => new Promise(() => {}))
    const signal = AbortSignal.abort(new AppError('registry_timeout', 'the page gave up'))
    expect(await failureOf(openTransport().send(get(server.origin, { signal })))).toMatchObject({
      message: 'the page gave up',
    })
  })

  test('closing ends what is in flight', async () => {
    const server = await serve(() => new Promise(() => {}))
    const made = openTransport()
    const failing = failureOf(made.send(get(server.origin)))
    setTimeout(() => made.close(), 50)
    expect(await failing).toMatchObject({ code: 'cancelled' })
  })
})

describe('redirects', () => {
  test('are followed across origins without the login, also on the way back', async () => {
    const seen: (string | null)[] = []
    const store = await serve((request) => {
      seen.push(request.headers.get('authorization'))
      return Response.redirect(`${registry.origin}/back`)
    })
    const registry = await serve((request) => {
      seen.push(request.headers.get('authorization'))
      if (request.url.endsWith('/back')) return new Response('there')
      if (request.url.endsWith('/here')) return Response.redirect(`${store.origin}/x`, 307)
      return new Response(null, { status: 302, headers: { location: '/here' } })
    })
    const response = await openTransport().send(
      get(`${registry.origin}/start`, { authorization: 'Bearer t' }),
    )
    expect(response.url.href).toBe(`${registry.origin}/back`)
    expect(seen).toEqual(['Bearer t', 'Bearer t', null, null])
  })

  test('without an end are refused', async () => {
    let n = 0
    const server = await serve(() => new Response(null, { status: 302, headers: { location: `/${++n}` } }))
    expect(await failureOf(openTransport().send(get(server.origin)))).toMatchObject({
      code: 'redirect_refused',
    })
    expect(server.lines).toHaveLength(6)
  })

  test('in a circle are refused', async () => {
    const server = await serve(() => new Response(null, { status: 302, headers: { location: '/' } }))
    expect(await failureOf(openTransport().send(get(`${server.origin}/`)))).toMatchObject({
      code: 'redirect_refused',
    })
    expect(server.lines).toHaveLength(1)
  })

  test.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://metadata.google.internal/',
    'https://[::ffff:a9fe:a9fe]/',
  ])('to metadata are refused: %s', async (location) => {
    const server = await serve(() => new Response(null, { status: 307, headers: { location } }))
    expect(await failureOf(openTransport().send(get(server.origin)))).toMatchObject({
      code: 'address_refused',
    })
  })

  test('to a private address are refused when Archway serves a network', async () => {
    const server = await serve(
      () => new Response(null, { status: 307, headers: { location: 'https://10.0.0.1/' } }),
    )
    const made = openTransport({ addressPolicy: { servesLoopbackOnly: false, allowHosts: ['127.0.0.1'] } })
    expect(await failureOf(made.send(get(server.origin)))).toMatchObject({
      code: 'address_refused',
      hint: expect.stringContaining('ARCHWAY_ALLOW_HOSTS'),
    })
  })

  test('of a POST are an answer, not followed', async () => {
    const server = await serve(() => new Response(null, { status: 307, headers: { location: '/x' } }))
    const response = await openTransport().send(get(server.origin, { method: 'POST', body: 'secret=1' }))
    expect(response.status).toBe(307)
    expect(server.lines).toHaveLength(1)
  })
})
