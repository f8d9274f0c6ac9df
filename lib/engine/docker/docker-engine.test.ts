import net from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { AppError } from '#lib/errors/app-error.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { DEFAULT_LIMITS } from '../container-spec.ts'
import type { Engine, PullRequest } from '../engine.ts'
import type { RunOptions } from '../run-outcome.ts'
import type { EngineTimes } from './docker-api.ts'
import { createDockerEngine } from './docker-engine.ts'
import {
  answer,
  FAKE_VERSION,
  type FakeRoute,
  frame,
  silent,
  startFakeEngine,
  stream,
} from './testing/fake-engine.ts'

const QUICK: Partial<EngineTimes> = {
  askMs: 1_000,
  workMs: 1_000,
  transferIdleMs: 500,
  killedMs: 500,
  drainMs: 200,
  heartbeatMs: 100,
}
const pulled: PullRequest = {
  repository: { kind: 'registry', registry: 'r.example', path: 'power/app' },
  digest: parseDigest(`sha256:${'a'.repeat(64)}`),
  platform: { os: 'linux', architecture: 'ppc64le' },
}

async function fake(routes: Readonly<Record<string, FakeRoute>>, times = QUICK) {
  const server = await startFakeEngine(routes)
  const engine = createDockerEngine(server.address, times)
  onTestFinished(async () => {
    await engine.close()
    await server.stop()
  })
  return { server, engine }
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error as AppError,
  )

describe('versions', () => {
  const speaking = (ApiVersion: string, MinAPIVersion: string) =>
    fake({
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
    expect(await failure(engine.info())).toMatchObject({
      code: 'engine_refused',
      message: expect.stringMatching(message),
    })
  })

  test('an architecture is told in Go’s terms', async () => {
    const { engine } = await fake({
      'GET /version': answer(200, { ...FAKE_VERSION, Arch: 'aarch64' }),
      'GET /info': answer(200, { NCPU: 4, PidsLimit: false }),
    })
    expect(await engine.info()).toMatchObject({ architecture: 'arm64', cpus: 4, missingLimits: ['pids'] })
  })
})

describe('what is no engine', () => {
  test('no socket', async () => {
    const engine = createDockerEngine({ kind: 'unix', path: '/nonexistent/docker.sock' })
    expect(await failure(engine.info())).toMatchObject({
      code: 'engine_unavailable',
      message: expect.stringContaining('unix:///nonexistent/docker.sock'),
      hint: expect.stringContaining('DOCKER_HOST'),
    })
  })

  test('a server that says something else', async () => {
    const { engine } = await fake({ 'GET /version': stream('<html>Welcome to nginx</html>') })
    expect(await failure(engine.info())).toMatchObject({ code: 'engine_protocol' })
  })

  test('what does not speak HTTP', async () => {
    const server = net.createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as net.AddressInfo
    const engine = createDockerEngine({ kind: 'tcp', host: '127.0.0.1', port }, QUICK)
    expect(await failure(engine.info())).toMatchObject({ code: 'engine_protocol' })
  })

  test('one that takes the call and never answers', async () => {
    const { engine } = await fake({ 'GET /info': silent })
    expect(await failure(engine.info())).toMatchObject({ code: 'engine_timeout' })
  })

  test('one that answers without end', async () => {
    const { engine } = await fake({
      'GET /info': (_, response) => {
        response.on('error', () => {})
        const more = () => {
          while (response.write('x'.repeat(1 << 20)));
        }
        response.on('drain', more)
        more()
      },
    })
    expect(await failure(engine.info())).toMatchObject({ code: 'engine_protocol' })
  })

  test('an abort while it is silent', async () => {
    const { engine } = await fake({ 'GET /info': silent })
    expect(await failure(engine.info({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled' })
  })
})

describe('pulling', () => {
  const pull = async (route: FakeRoute, request = pulled) => {
    const { engine, server } = await fake({ 'POST /images/create': route })
    return { result: engine.pull(request), server }
  }

  test('an error within the 200 stream fails the pull', async () => {
    const events = stream(
      '{"status":"Pulling from power/app"}\r\n{"status":"Downl',
      'oading","id":"aaaaaaaaaaaa","progressDetail":{"current":1,"total":2}}\r\n',
      '{"errorDetail":{"message":"unauthorized: authentication required"},"error":"unauthorized"}\r\n',
    )
    const { result } = await pull(events)
    expect(await failure(result)).toMatchObject({ code: 'unauthorised' })
  })

  test('a last event without a line end counts', async () => {
    const { result } = await pull(stream('{"error":"no space left on device"}'))
    expect(await failure(result)).toMatchObject({ code: 'image_pull_failed' })
  })

  test.each([
    ['lines that are no JSON', 'Pulling…\n'],
    ['an event without an end', `{"status":"${'x'.repeat(2 << 20)}`],
  ])('%s are no answer', async (_, text) => {
    const { result } = await pull(stream(text))
    expect(await failure(result)).toMatchObject({ code: 'engine_protocol' })
  })

  test('an engine that falls silent in the middle', async () => {
    const { result } = await pull((_, response) => {
      response.writeHead(200)
      response.write('{"status":"Waiting"}\n')
    })
    expect(await failure(result)).toMatchObject({ code: 'engine_timeout' })
  })

  test('refused for the platform, the digest alone decides', async () => {
    const { result, server } = await pull((request, response) => {
      const refused = request.url?.includes('platform=')
      stream(refused ? '{"error":"no match for platform in manifest"}\n' : '{"status":"ok"}\n')(
        request,
        response,
      )
    })
    expect(await result).toEqual({ image: `r.example/power/app@${pulled.digest}`, wasPresent: false })
    expect(server.calls.filter((call) => call.includes('/images/create'))).toEqual([
      expect.stringContaining('platform=linux%2Fppc64le'),
      expect.not.stringContaining('platform='),
    ])
  })

  test('the login goes along, padded: engines take it for none without', async () => {
    let header = ''
    const credential = { kind: 'basic', username: 'user', password: 'p~ss?' } as const
    const { result } = await pull(
      (request, response) => {
        header = String(request.headers['x-registry-auth'])
        stream('{"status":"ok"}\n')(request, response)
      },
      { ...pulled, credential },
    )
    await result
    expect(header.length % 4).toBe(0)
    expect(header).not.toMatch(/[+/]/)
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      username: 'user',
      password: 'p~ss?',
      serveraddress: 'r.example',
    })
  })
})

describe('making a container', () => {
  const make = (engine: Engine) =>
    engine.create({
      image: 'app',
      platform: pulled.platform,
      network: 'none',
      limits: DEFAULT_LIMITS,
      lease: { instance: 'us', until: new Date() },
    })
  const image = { 'GET /info': answer(200, {}), 'GET /images/app/json': answer(200, { Id: 'sha256:aa' }) }

  test('a platform that the image’s config denies is told, not a failure', async () => {
    const { engine } = await fake({
      ...image,
      'POST /containers/create': (request, response) =>
        request.url?.includes('platform=')
          ? answer(404, { message: 'was found but does not match the specified platform' })(request, response)
          : answer(201, { Id: 'c1', Warnings: ['no swap limit'] })(request, response),
    })
    expect(await make(engine)).toEqual({ id: 'c1', platformRefused: true, warnings: ['no swap limit'] })
  })

  test('an image that is gone', async () => {
    const { engine } = await fake({ 'GET /info': answer(200, {}) })
    expect(await failure(make(engine))).toMatchObject({ code: 'image_gone' })
  })

  test('a refusal, in the engine’s words on one line', async () => {
    const { engine } = await fake({
      ...image,
      'POST /containers/create': answer(400, { message: 'No command\n\x1b[31mspecified' }),
    })
    expect(await failure(make(engine))).toMatchObject({
      code: 'container_refused',
      message: expect.stringContaining('No command [31mspecified'),
    })
  })
})

describe('running', () => {
  const ended = {
    State: {
      Running: false,
      ExitCode: 3,
      OOMKilled: false,
      StartedAt: '2026-01-01T00:00:00.000000001Z',
      FinishedAt: '2026-01-01T00:00:00.050Z',
    },
  }
  const routes: Readonly<Record<string, FakeRoute>> = {
    'POST /containers/c1/attach': stream(frame(1, 'out'), frame(2, 'err')),
    'POST /containers/c1/start': (_, response) => void response.writeHead(204).end(),
    'POST /containers/c1/wait': answer(200, { StatusCode: 3 }),
    'POST /containers/c1/kill': (_, response) => void response.writeHead(204).end(),
    'GET /containers/c1/json': answer(200, ended),
    'GET /_ping': answer(200, 'OK'),
  }
  const run = async (changed: Readonly<Record<string, FakeRoute>>, options: Partial<RunOptions> = {}) => {
    const { engine, server } = await fake({ ...routes, ...changed })
    let output = ''
    const onOutput: RunOptions['onOutput'] = ({ bytes }) => {
      output += Buffer.from(bytes).toString()
    }
    const result = engine.run('c1', { onOutput, outputMaxBytes: 1_000, timeoutMs: 2_000, ...options })
    return { result, server, output: () => output }
  }

  test('the outcome', async () => {
    const { result, output } = await run({})
    expect(await result).toMatchObject({
      exitCode: 3,
      outputBytes: 6,
      outputTruncated: false,
      timedOut: false,
    })
    expect(output()).toBe('outerr')
  })

  test('attaches before it starts, and waits', async () => {
    const { result, server } = await run({})
    await result
    expect(server.calls.map((call) => call.replace(/.*\/c1\/(\w+).*/, '$1')).slice(1, 4)).toEqual([
      'attach',
      'start',
      'wait',
    ])
  })

  test('frames that are none end the run, and the container', async () => {
    const { result, server } = await run({
      'POST /containers/c1/attach': stream('not framed at all'),
      'POST /containers/c1/wait': silent,
    })
    expect(await failure(result)).toMatchObject({ code: 'engine_protocol' })
    expect(server.calls.at(-1)).toContain('/kill?signal=KILL')
  })

  test('a stream that ends within a frame is output cut short', async () => {
    const { result } = await run({ 'POST /containers/c1/attach': stream(frame(1, 'whole').subarray(0, 10)) })
    expect(await result).toMatchObject({ outputTruncated: true, exitCode: 3 })
  })

  test('a stream that never ends does not hold a run that did', async () => {
    const { result, output } = await run({
      'POST /containers/c1/attach': (_, response) => void response.writeHead(200).write(frame(1, 'out')),
    })
    expect(await result).toMatchObject({ outputTruncated: true, exitCode: 3 })
    expect(output()).toBe('out')
  })

  test('a consumer that throws ends it with its own error', async () => {
    const { result } = await run(
      { 'POST /containers/c1/wait': silent },
      {
        onOutput: () => {
          throw new Error('the disk is full')
        },
      },
    )
    expect((await failure(result)).message).toBe('the disk is full')
  })

  test('an engine that freezes is noticed long before the time limit', async () => {
    const { result } = await run(
      { 'POST /containers/c1/wait': silent, 'GET /_ping': silent },
      { timeoutMs: 60_000 },
    )
    expect(await failure(result)).toMatchObject({ code: 'engine_timeout' })
  })

  test('a kill that changes nothing is an engine that does not work', async () => {
    const { result } = await run({ 'POST /containers/c1/wait': silent }, { timeoutMs: 50 })
    expect(await failure(result)).toMatchObject({ code: 'engine_timeout' })
  })

  test('a container that ends while it is killed was not late', async () => {
    const { result } = await run(
      {
        'POST /containers/c1/wait': (request, response) =>
          void setTimeout(() => void answer(200, { StatusCode: 3 })(request, response), 200),
        'POST /containers/c1/kill': answer(409, { message: 'Container c1 is not running' }),
      },
      { timeoutMs: 50 },
    )
    expect(await result).toMatchObject({ timedOut: false, exitCode: 3 })
  })

  test('an engine without an init says so', async () => {
    const { result } = await run({
      'POST /containers/c1/start': answer(500, {
        message: 'exec: "docker-init": executable file not found in $PATH',
      }),
    })
    expect(await failure(result)).toMatchObject({
      code: 'container_refused',
      hint: expect.stringContaining('tini'),
    })
  })
})

test('removing again and again: what is busy is tried anew, what is gone is fine', async () => {
  const answers = [409, 500, 404]
  const { engine, server } = await fake({
    'DELETE /containers/c1': (request, response) =>
      void answer(answers.shift() ?? 404, { message: 'busy' })(request, response),
  })
  await engine.remove('c1')
  expect(server.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(3)
})
