import type dns from 'node:dns'
import net, { type AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { startFakeProxy } from './testing/fake-proxy.ts'
import { endlessBody, type FakeHandler, stalledBody, startFakeRegistry } from './testing/fake-registry.ts'
import { makeTestCertificate } from './testing/test-certificate.ts'
import { createTransport, type TransportRequest, type TransportSettings } from './transport.ts'

const tooLarge = { maxBytes: 1 << 20, exceeded: () => new AppError('manifest_too_large', 'too large') }
const get = (url: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'GET',
  url: new URL(url),
  limit: tooLarge,
  ...more,
})

function transport(settings: Partial<TransportSettings> = {}) {
  const made = createTransport({
    addressPolicy: { servesLoopbackOnly: true, allowHosts: [] },
    insecureHosts: [],
    caCertificates: [],
    proxy: {},
    userAgent: 'archway-test',
    ...settings,
  })
  onTestFinished(() => made.close())
  return made
}

async function fake(handler: FakeHandler, tls?: { key: string; cert: string }) {
  const started = await startFakeRegistry(handler, tls)
  onTestFinished(() => started.stop())
  return started
}

/** DNS that leads every name to loopback. */
const toLoopback = (
  _name: string,
  _options: dns.LookupAllOptions,
  callback: (error: null, addresses: dns.LookupAddress[]) => void,
) => callback(null, [{ address: '127.0.0.1', family: 4 }])

const caught = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error as AppError,
  )

describe('one answer', () => {
  test('status, headers, body and the final URL', async () => {
    const server = await fake(() => new Response('hello', { status: 404, headers: { 'x-y': 'z' } }))
    const response = await transport().send(get(`${server.origin}/v2/?a=b`))
    expect(response).toMatchObject({ status: 404, headers: { 'x-y': 'z' }, url: { pathname: '/v2/' } })
    expect(new TextDecoder().decode(response.body)).toBe('hello')
    expect(server.lines).toEqual(['GET /v2/?a=b'])
  })

  test('names itself, wants bytes as they are, and sends the login given', async () => {
    const server = await fake(() => new Response())
    await transport().send(get(server.origin, { authorization: 'Basic x', headers: { accept: 'a/b' } }))
    const headers = Object.fromEntries(server.requests[0]?.headers ?? [])
    expect(headers).toMatchObject({
      accept: 'a/b',
      authorization: 'Basic x',
      'accept-encoding': 'identity',
      'user-agent': 'archway-test',
    })
  })

  test('the body owns its memory', async () => {
    const server = await fake(() => new Response('hello'))
    const { body } = await transport().send(get(server.origin))
    expect(body.buffer.byteLength).toBe(5)
  })

  test('HEAD has no body although it states a length', async () => {
    const server = await fake(() => new Response(null, { headers: { 'content-length': '99999999' } }))
    const response = await transport().send(get(server.origin, { method: 'HEAD' }))
    expect(response).toMatchObject({ status: 200, headers: { 'content-length': '99999999' } })
  })
})

describe('byte limits', () => {
  test('a stated length beyond the limit is refused unread', async () => {
    const { body, sentBytes } = endlessBody(10 << 20)
    const server = await fake(() => new Response(body, { headers: { 'content-length': `${10 << 20}` } }))
    expect(await caught(transport().send(get(server.origin)))).toMatchObject({ code: 'manifest_too_large' })
    expect(sentBytes()).toBeLessThan(10 << 20)
  })

  test('an unstated length is cut as soon as the limit is passed', async () => {
    const { body, sentBytes } = endlessBody(1 << 30)
    const server = await fake(() => new Response(body))
    expect(await caught(transport().send(get(server.origin)))).toMatchObject({ code: 'manifest_too_large' })
    expect(sentBytes()).toBeLessThan(16 << 20)
  })

  test('exactly the limit is fine', async () => {
    const server = await fake(() => new Response('12345'))
    const limit = { ...tooLarge, maxBytes: 5 }
    expect((await transport().send(get(server.origin, { limit }))).body).toHaveLength(5)
  })

  test('of an error page, 64 KiB are read and the rest is left', async () => {
    const { body } = endlessBody(1 << 30)
    const server = await fake(() => new Response(body, { status: 500 }))
    const response = await transport().send(get(server.origin))
    expect(response.status).toBe(500)
    expect(response.body).toHaveLength(64 << 10)
  })

  test('a connection cut short is no answer', async () => {
    const server = await fake(() => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('half'))
          setTimeout(() => controller.error(new Error('cut')), 20)
        },
      })
      return new Response(body, { headers: { 'content-length': '8' } })
    })
    expect(await caught(transport().send(get(server.origin)))).toMatchObject({ code: 'registry_unavailable' })
  })
})

describe('time', () => {
  const timeouts = { connectMs: 300, headersMs: 300, bodyIdleMs: 300, requestMs: 600 }

  test('headers that never come', async () => {
    const server = await fake(() => new Promise(() => {}))
    const error = await caught(transport({ timeouts }).send(get(server.origin)))
    expect(error).toMatchObject({ code: 'registry_timeout', message: expect.stringContaining(server.host) })
  })

  test('a body that stops', async () => {
    const server = await fake(() => new Response(stalledBody('{')))
    const patient = transport({ timeouts: { ...timeouts, requestMs: 5_000 } })
    const error = await caught(patient.send(get(server.origin)))
    expect(error).toMatchObject({ code: 'registry_timeout', message: expect.stringMatching(/middle/) })
  })

  test('a body that drips is ended by the whole time', async () => {
    const server = await fake(() => {
      let timer: NodeJS.Timeout
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          timer = setInterval(() => controller.enqueue(new Uint8Array(1)), 50)
        },
        cancel: () => clearInterval(timer),
      })
      return new Response(body)
    })
    const error = await caught(transport({ timeouts }).send(get(server.origin)))
    expect(error).toMatchObject({
      code: 'registry_timeout',
      message: expect.stringMatching(/within 1 seconds/),
    })
  })

  test('abort before, while waiting for headers, and in the body', async () => {
    const server = await fake((request) =>
      request.url.endsWith('/body') ? new Response(stalledBody('{')) : new Promise(() => {}),
    )
    const asked = transport()
    for (const [path, delayMs] of [
      ['/', -1],
      ['/', 50],
      ['/body', 50],
    ] as const) {
      const controller = new AbortController()
      if (delayMs < 0) controller.abort()
      else setTimeout(() => controller.abort(), delayMs)
      const error = await caught(asked.send(get(server.origin + path, { signal: controller.signal })))
      expect(error).toMatchObject({ code: 'cancelled' })
    }
  })

  test('an abort that carries an AppError is that error', async () => {
    const server = await fake(() => new Promise(() => {}))
    const signal = AbortSignal.abort(new AppError('registry_timeout', 'the page gave up'))
    expect(await caught(transport().send(get(server.origin, { signal })))).toMatchObject({
      message: 'the page gave up',
    })
  })

  test('closing ends what is in flight', async () => {
    const server = await fake(() => new Promise(() => {}))
    const made = transport()
    const failing = caught(made.send(get(server.origin)))
    setTimeout(() => made.close(), 50)
    expect(await failing).toMatchObject({ code: 'cancelled' })
  })
})

describe('redirects', () => {
  test('are followed across origins without the login, also on the way back', async () => {
    const seen: (string | null)[] = []
    const store = await fake((request) => {
      seen.push(request.headers.get('authorization'))
      return Response.redirect(`${registry.origin}/back`)
    })
    const registry = await fake((request) => {
      seen.push(request.headers.get('authorization'))
      if (request.url.endsWith('/back')) return new Response('there')
      if (request.url.endsWith('/here')) return Response.redirect(`${store.origin}/x`, 307)
      return new Response(null, { status: 302, headers: { location: '/here' } })
    })
    const response = await transport().send(get(`${registry.origin}/start`, { authorization: 'Bearer t' }))
    expect(response.url.href).toBe(`${registry.origin}/back`)
    expect(seen).toEqual(['Bearer t', 'Bearer t', null, null])
  })

  test('without an end are refused', async () => {
    let n = 0
    const server = await fake(() => new Response(null, { status: 302, headers: { location: `/${++n}` } }))
    expect(await caught(transport().send(get(server.origin)))).toMatchObject({ code: 'redirect_refused' })
    expect(server.lines).toHaveLength(6)
  })

  test('in a circle are refused', async () => {
    const server = await fake(() => new Response(null, { status: 302, headers: { location: '/' } }))
    expect(await caught(transport().send(get(`${server.origin}/`)))).toMatchObject({
      code: 'redirect_refused',
    })
    expect(server.lines).toHaveLength(1)
  })

  test.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://metadata.google.internal/',
    'https://[::ffff:a9fe:a9fe]/',
  ])('to metadata are refused: %s', async (location) => {
    const server = await fake(() => new Response(null, { status: 307, headers: { location } }))
    expect(await caught(transport().send(get(server.origin)))).toMatchObject({ code: 'address_refused' })
  })

  test('to a private address are refused when Archway serves a network', async () => {
    const server = await fake(
      () => new Response(null, { status: 307, headers: { location: 'https://10.0.0.1/' } }),
    )
    const made = transport({ addressPolicy: { servesLoopbackOnly: false, allowHosts: ['127.0.0.1'] } })
    expect(await caught(made.send(get(server.origin)))).toMatchObject({
      code: 'address_refused',
      hint: expect.stringContaining('ARCHWAY_ALLOW_HOSTS'),
    })
  })

  test('of a POST are an answer, not followed', async () => {
    const server = await fake(() => new Response(null, { status: 307, headers: { location: '/x' } }))
    const response = await transport().send(get(server.origin, { method: 'POST', body: 'secret=1' }))
    expect(response.status).toBe(307)
    expect(server.lines).toHaveLength(1)
  })
})

describe('connections', () => {
  test('a name that resolves to loopback is refused at connect time when Archway serves a network', async () => {
    const server = await fake(() => new Response('secret'))
    const made = transport({
      addressPolicy: { servesLoopbackOnly: false, allowHosts: [] },
      insecureHosts: ['registry.example'],
      resolveAll: toLoopback,
    })
    const url = server.origin.replace('127.0.0.1', 'registry.example')
    expect(await caught(made.send(get(url)))).toMatchObject({ code: 'address_refused' })
    expect(server.lines).toEqual([])
  })

  test('nothing listens', async () => {
    const server = await fake(() => new Response())
    await server.stop()
    const error = await caught(transport().send(get(server.origin)))
    expect(error).toMatchObject({
      code: 'registry_unavailable',
      message: `${server.host} refuses connections: nothing listens there.`,
    })
  })

  test('what answers is not HTTP', async () => {
    const server = net.createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await caught(transport().send(get(origin)))).toMatchObject({ code: 'registry_protocol' })
  })

  test('an unknown certificate is refused, a given one trusted', async () => {
    const certificate = makeTestCertificate()
    const server = await fake(() => new Response('ok'), certificate)
    const error = await caught(transport().send(get(server.origin)))
    expect(error).toMatchObject({ code: 'tls_untrusted', hint: expect.stringContaining('ARCHWAY_CA_FILES') })
    const trusting = transport({ caCertificates: [certificate.cert] })
    expect((await trusting.send(get(server.origin))).status).toBe(200)
  })

  test('a certificate of another name is refused', async () => {
    const certificate = makeTestCertificate()
    const server = await fake(() => new Response('ok'), certificate)
    const made = transport({ caCertificates: [certificate.cert], resolveAll: toLoopback })
    const error = await caught(made.send(get(server.origin.replace('127.0.0.1', 'other.example'))))
    expect(error).toMatchObject({ code: 'tls_untrusted', message: expect.stringContaining('another name') })
  })

  test('https to a port that speaks plain http', async () => {
    const server = await fake(() => new Response('ok'))
    const error = await caught(transport().send(get(server.origin.replace('http:', 'https:'))))
    expect(error).toMatchObject({ code: 'registry_unavailable', message: expect.stringContaining('TLS') })
  })
})

describe('proxies', () => {
  const login = 'http://user:pass@'

  test('https goes through a tunnel, and names need no DNS here', async () => {
    const certificate = makeTestCertificate('registry.example')
    const server = await fake(() => new Response('ok'), certificate)
    await using proxy = await startFakeProxy(server.origin)
    const made = transport({
      caCertificates: [certificate.cert],
      proxy: { https: proxy.url.replace('http://', login) },
      addressPolicy: { servesLoopbackOnly: false, allowHosts: [] },
    })
    expect((await made.send(get('https://registry.example/v2/'))).status).toBe(200)
    expect(proxy.lines).toEqual([`CONNECT registry.example:443 Basic ${btoa('user:pass')}`])
    expect(server.requests[0]?.headers.get('proxy-authorization')).toBeNull()
  })

  test('plain http is forwarded', async () => {
    const server = await fake(() => new Response('ok'))
    await using proxy = await startFakeProxy(server.origin)
    const made = transport({ proxy: { http: proxy.url } })
    expect((await made.send(get('http://registry.example/v2/'))).status).toBe(200)
    expect(proxy.lines).toEqual(['GET http://registry.example/v2/'])
  })

  test('metadata is refused by name and address, whatever the proxy could do', async () => {
    const server = await fake(() => new Response('secret'))
    await using proxy = await startFakeProxy(server.origin)
    const made = transport({ proxy: { http: proxy.url, https: proxy.url } })
    for (const url of ['https://169.254.169.254/', 'http://metadata.google.internal/']) {
      expect(await caught(made.send(get(url)))).toMatchObject({ code: 'address_refused' })
    }
    expect(proxy.lines).toEqual([])
  })

  test('NO_PROXY is asked directly', async () => {
    const server = await fake(() => new Response('ok'))
    const made = transport({
      proxy: { http: 'http://127.0.0.1:1', noProxy: 'registry.example' },
      resolveAll: toLoopback,
    })
    const url = server.origin.replace('127.0.0.1', 'registry.example')
    expect((await made.send(get(url))).status).toBe(200)
  })

  test('a proxy that is not there or refuses is named', async () => {
    const server = await fake(() => new Response('ok'))
    await using proxy = await startFakeProxy(server.origin, true)
    for (const https of ['http://127.0.0.1:1', proxy.url]) {
      const error = await caught(transport({ proxy: { https } }).send(get('https://registry.example/')))
      expect(error).toMatchObject({
        code: 'registry_unavailable',
        message: expect.stringContaining(new URL(https).host),
      })
    }
  })
})
