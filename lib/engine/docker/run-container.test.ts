import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { RunOptions } from '../run-outcome.ts'
import { answer, type FakeRoute, frame, silent, stream } from './testing/fake-engine.ts'
import { failureOf, useFakeEngine } from './testing/use-fake-engine.ts'

const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'

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
    const { engine, server } = await useFakeEngine({ ...routes, ...changed })
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
    expect(await failureOf(result)).toMatchObject({ code: 'engine_protocol' })
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
    expect((await failureOf(result)).message).toBe('the disk is full')
  })

  test.each([
    ['in its headers', (response: ServerResponse) => response.socket?.end('HTTP/1.1 200 OK\r\nContent-')],
    ['in a chunk', (response: ServerResponse) => response.socket?.end(`${CHUNKED}8\r\n{"St`)],
    ['between chunks', (response: ServerResponse) => response.socket?.end(`${CHUNKED}1\r\n{\r\n`)],
    ['at once', (response: ServerResponse) => response.socket?.destroy()],
  ])('an engine that is gone while we wait is lost, not wrong: cut off %s', async (_, cut) => {
    const { result } = await run({ 'POST /containers/c1/wait': (_, response) => void cut(response) })
    expect(await failureOf(result)).toMatchObject({ code: 'engine_unavailable' })
  })

  test('an engine that freezes is noticed long before the time limit', async () => {
    const { result } = await run(
      { 'POST /containers/c1/wait': silent, 'GET /_ping': silent },
      { timeoutMs: 60_000 },
    )
    expect(await failureOf(result)).toMatchObject({ code: 'engine_timeout' })
  })

  test('a kill that changes nothing is an engine that does not work', async () => {
    const { result } = await run({ 'POST /containers/c1/wait': silent }, { timeoutMs: 50 })
    expect(await failureOf(result)).toMatchObject({ code: 'engine_timeout' })
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
    expect(await failureOf(result)).toMatchObject({
      code: 'container_refused',
      hint: expect.stringContaining('tini'),
    })
  })
})
