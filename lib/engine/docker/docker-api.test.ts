import { once } from 'node:events'
import https from 'node:https'
import net from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { makeTestCertificate } from '#lib/source/registry/testing/test-certificate.ts'
import { createDockerEngine } from './docker-engine.ts'
import { answer, FAKE_VERSION, silent, stream } from './testing/fake-engine.ts'
import { failureOf, QUICK, useFakeEngine } from './testing/use-fake-engine.ts'

describe('versions', () => {
  const speaking = (ApiVersion: string, MinAPIVersion: string) =>
    useFakeEngine({
      'GET /version': answer(200, { ...FAKE_VERSION, ApiVersion, MinAPIVersion }),
      'GET /info': answer(200, {}),
    })

  test.each([
    ['1.41', '1.12', '/v1.41/info'],
    ['1.47', '1.44', '/v1.47/info'],
    ['1.99', '1.44', '/v1.48/info'],
  ])('an engine of %s (%s at least) is asked %s', async (newest, oldest, path) => {
    const { engine, server } = await speaking(newest, oldest)
    await engine.info()
    expect(server.calls.toSorted()).toEqual([`GET ${path}`, 'GET /version'].toSorted())
  })

  test.each([
    ['1.40', '1.12', /too old/],
    ['1.99', '1.60', /and later only/],
  ])('an engine of %s (%s at least) is refused', async (newest, oldest, message) => {
    const { engine } = await speaking(newest, oldest)
    expect(await failureOf(engine.info())).toMatchObject({
      code: 'engine_refused',
      message: expect.stringMatching(message),
    })
  })

  test('an architecture is told in Go’s terms', async () => {
    const { engine } = await useFakeEngine({
      'GET /version': answer(200, { ...FAKE_VERSION, Arch: 'aarch64' }),
      'GET /info': answer(200, { NCPU: 4, PidsLimit: false }),
    })
    expect(await engine.info()).toMatchObject({ architecture: 'arm64', cpus: 4, missingLimits: ['pids'] })
  })
})

describe('what is no engine', () => {
  test('no socket', async () => {
    const engine = createDockerEngine({ kind: 'unix', path: '/nonexistent/docker.sock' })
    expect(await failureOf(engine.info())).toMatchObject({
      code: 'engine_unavailable',
      message: expect.stringContaining('unix:///nonexistent/docker.sock'),
      hint: expect.stringContaining('DOCKER_HOST'),
    })
  })

  test('a server that says something else', async () => {
    const { engine } = await useFakeEngine({ 'GET /version': stream('<html>Welcome to nginx</html>') })
    expect(await failureOf(engine.info())).toMatchObject({ code: 'engine_protocol' })
  })

  const CHUNKED = 'HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n'
  test.each([
    ['what does not speak HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'engine_protocol'],
    ['one that dies in the middle of its answer', `${CHUNKED}5\r\n{"A`, 'engine_unavailable'],
  ])('%s', async (_, words, code) => {
    const server = net.createServer((socket) => socket.end(words)).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as net.AddressInfo
    const engine = createDockerEngine({ kind: 'tcp', host: '127.0.0.1', port }, QUICK)
    expect(await failureOf(engine.info())).toMatchObject({ code })
  })

  test('one that takes the call and never answers', async () => {
    const { engine } = await useFakeEngine({ 'GET /info': silent })
    expect(await failureOf(engine.info())).toMatchObject({ code: 'engine_timeout' })
  })

  test('one that answers without end', async () => {
    const { engine } = await useFakeEngine({
      'GET /info': (_, response) => {
        response.on('error', () => {})
        const more = () => {
          while (response.write('x'.repeat(1 << 20)));
        }
        response.on('drain', more)
        more()
      },
    })
    expect(await failureOf(engine.info())).toMatchObject({ code: 'engine_protocol' })
  })

  test('an abort while it is silent', async () => {
    const { engine } = await useFakeEngine({ 'GET /info': silent })
    expect(await failureOf(engine.info({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled' })
  })
})

describe('an engine behind TLS', () => {
  async function behindTls() {
    const certificate = makeTestCertificate()
    const server = https.createServer(certificate, (request, response) =>
      response.end(JSON.stringify(request.url === '/version' ? FAKE_VERSION : { Name: 'far away' })),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as net.AddressInfo
    const address = { kind: 'tcp', host: '127.0.0.1', port } as const
    return { certificate, address }
  }

  test('is asked when its certificate is of the authority given', async () => {
    const { certificate, address } = await behindTls()
    const engine = createDockerEngine({ ...address, tls: { ca: certificate.cert } }, QUICK)
    expect(await engine.info()).toMatchObject({ name: 'far away' })
  })

  test('is not trusted otherwise', async () => {
    const { address } = await behindTls()
    const engine = createDockerEngine({ ...address, tls: {} }, QUICK)
    expect(await failureOf(engine.info())).toMatchObject({
      code: 'engine_unavailable',
      hint: expect.stringContaining('DOCKER_CERT_PATH'),
    })
  })

  test('is not asked in the clear', async () => {
    const { address } = await behindTls()
    expect((await failureOf(createDockerEngine(address, QUICK).info())).code).toMatch(/^engine_/)
  })
})
