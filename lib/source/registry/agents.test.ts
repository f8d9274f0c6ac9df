import net, { type AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startFakeProxy } from './testing/fake-proxy.ts'
import { failureOf } from './testing/open-fake.ts'
import { get, openTransport, resolveToLoopback, serve } from './testing/open-transport.ts'
import { makeTestCertificate } from './testing/test-certificate.ts'

describe('connections', () => {
  test('a name that resolves to loopback is refused at connect time when Archway serves a network', async () => {
    const server = await serve(() => new Response('secret'))
    const made = openTransport({
      addressPolicy: { servesLoopbackOnly: false, allowHosts: [] },
      insecureHosts: ['registry.example'],
      resolveAll: resolveToLoopback,
    })
    const url = server.origin.replace('127.0.0.1', 'registry.example')
    expect(await failureOf(made.send(get(url)))).toMatchObject({ code: 'address_refused' })
    expect(server.lines).toEqual([])
  })

  test('nothing listens', async () => {
    const server = await serve(() => new Response())
    await server.stop()
    const error = await failureOf(openTransport().send(get(server.origin)))
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
    expect(await failureOf(openTransport().send(get(origin)))).toMatchObject({ code: 'registry_protocol' })
  })

  test('an unknown certificate is refused, a given one trusted', async () => {
    const certificate = makeTestCertificate()
    const server = await serve(() => new Response('ok'), certificate)
    const error = await failureOf(openTransport().send(get(server.origin)))
    expect(error).toMatchObject({ code: 'tls_untrusted', hint: expect.stringContaining('ARCHWAY_CA_FILES') })
    const trusting = openTransport({ caCertificates: [certificate.cert] })
    expect((await trusting.send(get(server.origin))).status).toBe(200)
  })

  test('a certificate of another name is refused', async () => {
    const certificate = makeTestCertificate()
    const server = await serve(() => new Response('ok'), certificate)
    const made = openTransport({ caCertificates: [certificate.cert], resolveAll: resolveToLoopback })
    const error = await failureOf(made.send(get(server.origin.replace('127.0.0.1', 'other.example'))))
    expect(error).toMatchObject({ code: 'tls_untrusted', message: expect.stringContaining('another name') })
  })

  test('https to a port that speaks plain http', async () => {
    const server = await serve(() => new Response('ok'))
    const error = await failureOf(openTransport().send(get(server.origin.replace('http:', 'https:'))))
    expect(error).toMatchObject({ code: 'registry_unavailable', message: expect.stringContaining('TLS') })
  })
})

describe('proxies', () => {
  const login = 'http://user:pass@'

  test('https goes through a tunnel, and names need no DNS here', async () => {
    const certificate = makeTestCertificate('registry.example')
    const server = await serve(() => new Response('ok'), certificate)
    await using proxy = await startFakeProxy(server.origin)
    const made = openTransport({
      caCertificates: [certificate.cert],
      proxy: { https: proxy.url.replace('http://', login) },
      addressPolicy: { servesLoopbackOnly: false, allowHosts: [] },
    })
    expect((await made.send(get('https://registry.example/v2/'))).status).toBe(200)
    expect(proxy.lines).toEqual([`CONNECT registry.example:443 Basic ${btoa('user:pass')}`])
    expect(server.requests[0]?.headers.get('proxy-authorization')).toBeNull()
  })

  test('plain http is forwarded', async () => {
    const server = await serve(() => new Response('ok'))
    await using proxy = await startFakeProxy(server.origin)
    const made = openTransport({ proxy: { http: proxy.url } })
    expect((await made.send(get('http://registry.example/v2/'))).status).toBe(200)
    expect(proxy.lines).toEqual(['GET http://registry.example/v2/'])
  })

  test('metadata is refused by name and address, whatever the proxy could do', async () => {
    const server = await serve(() => new Response('secret'))
    await using proxy = await startFakeProxy(server.origin)
    const made = openTransport({ proxy: { http: proxy.url, https: proxy.url } })
    for (const url of ['https://169.254.169.254/', 'http://metadata.google.internal/']) {
      expect(await failureOf(made.send(get(url)))).toMatchObject({ code: 'address_refused' })
    }
    expect(proxy.lines).toEqual([])
  })

  test('NO_PROXY is asked directly', async () => {
    const server = await serve(() => new Response('ok'))
    const made = openTransport({
      proxy: { http: 'http://127.0.0.1:1', noProxy: 'registry.example' },
      resolveAll: resolveToLoopback,
    })
    const url = server.origin.replace('127.0.0.1', 'registry.example')
    expect((await made.send(get(url))).status).toBe(200)
  })

  test('a proxy that is not there or refuses is named', async () => {
    const server = await serve(() => new Response('ok'))
    await using proxy = await startFakeProxy(server.origin, true)
    for (const https of ['http://127.0.0.1:1', proxy.url]) {
      const error = await failureOf(
        openTransport({ proxy: { https } }).send(get('https://registry.example/')),
      )
      expect(error).toMatchObject({
        code: 'registry_unavailable',
        message: expect.stringContaining(new URL(https).host),
      })
    }
  })
})
