import { describe, expect, test } from 'vitest'
import { parseDigest } from '#lib/oci/digest.ts'
import type { PullRequest } from '../engine.ts'
import { type FakeRoute, stream } from './testing/fake-engine.ts'
import { failureOf, useFakeEngine } from './testing/use-fake-engine.ts'

const pulled: PullRequest = {
  repository: { kind: 'registry', registry: 'r.example', path: 'power/app' },
  digest: parseDigest(`sha256:${'a'.repeat(64)}`),
  platform: { os: 'linux', architecture: 'ppc64le' },
}

describe('pulling', () => {
  const pull = async (route: FakeRoute, request = pulled) => {
    const { engine, server } = await useFakeEngine({ 'POST /images/create': route })
    return { result: engine.pull(request), server }
  }

  test('an error within the 200 stream fails the pull', async () => {
    const events = stream(
      '{"status":"Pulling from power/app"}\r\n{"status":"Downl',
      'oading","id":"aaaaaaaaaaaa","progressDetail":{"current":1,"total":2}}\r\n',
      '{"errorDetail":{"message":"unauthorized: authentication required"},"error":"unauthorized"}\r\n',
    )
    const { result } = await pull(events)
    expect(await failureOf(result)).toMatchObject({ code: 'unauthorised' })
  })

  test('a last event without a line end counts', async () => {
    const { result } = await pull(stream('{"error":"no space left on device"}'))
    expect(await failureOf(result)).toMatchObject({ code: 'image_pull_failed' })
  })

  test.each([
    ['lines that are no JSON', 'Pulling…\n'],
    ['an event without an end', `{"status":"${'x'.repeat(2 << 20)}`],
  ])('%s are no answer', async (_, text) => {
    const { result } = await pull(stream(text))
    expect(await failureOf(result)).toMatchObject({ code: 'engine_protocol' })
  })

  test('an engine that falls silent in the middle', async () => {
    const { result } = await pull((_, response) => {
      response.writeHead(200)
      response.write('{"status":"Waiting"}\n')
    })
    expect(await failureOf(result)).toMatchObject({ code: 'engine_timeout' })
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
