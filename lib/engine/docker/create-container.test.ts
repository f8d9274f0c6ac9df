import { describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../container-spec.ts'
import type { Engine } from '../engine.ts'
import { answer } from './testing/fake-engine.ts'
import { failureOf, useFakeEngine } from './testing/use-fake-engine.ts'

describe('making a container', () => {
  const make = (engine: Engine) =>
    engine.create({
      image: 'app',
      platform: { os: 'linux', architecture: 'ppc64le' },
      network: 'none',
      limits: DEFAULT_LIMITS,
      lease: { instance: 'us', until: new Date() },
    })
  const image = { 'GET /info': answer(200, {}), 'GET /images/app/json': answer(200, { Id: 'sha256:aa' }) }

  test('a platform that the image’s config denies is told, not a failure', async () => {
    const { engine } = await useFakeEngine({
      ...image,
      'POST /containers/create': (request, response) =>
        request.url?.includes('platform=')
          ? answer(404, { message: 'was found but does not match the specified platform' })(request, response)
          : answer(201, { Id: 'c1', Warnings: ['no swap limit'] })(request, response),
    })
    expect(await make(engine)).toEqual({ id: 'c1', platformRefused: true, warnings: ['no swap limit'] })
  })

  test('an image that is gone', async () => {
    const { engine } = await useFakeEngine({ 'GET /info': answer(200, {}) })
    expect(await failureOf(make(engine))).toMatchObject({ code: 'image_gone' })
  })

  test('a sweep takes nothing that is being made, and what nobody saw the making of', async () => {
    const names: string[] = []
    const removed: string[] = []
    const made = Promise.withResolvers<void>()
    const listed = Promise.withResolvers<void>()
    const { engine } = await useFakeEngine({
      ...image,
      'POST /containers/create': async (request, response) => {
        names.push(new URL(request.url ?? '', 'http://engine').searchParams.get('name') ?? '')
        if (names.length === 2) return void response.destroy()
        made.resolve()
        await listed.promise
        answer(201, { Id: 'c1' })(request, response)
      },
      'GET /containers/json': (request, response) => {
        const labels = { 'archway.lease-until': new Date(Date.now() + 60_000).toISOString() }
        answer(
          200,
          names.map((name, index) => ({ Id: `c${index + 1}`, Names: [`/${name}`], Labels: labels })),
        )(request, response)
      },
      'GET /images/json': answer(200, []),
      'DELETE /containers/c1': (request, response) => {
        removed.push('c1')
        answer(204, null)(request, response)
      },
      'DELETE /containers/c2': (request, response) => {
        removed.push('c2')
        answer(204, null)(request, response)
      },
    })
    const making = make(engine)
    await made.promise
    expect((await engine.sweep({ now: new Date() })).removed).toEqual([])
    listed.resolve()
    expect((await making).id).toBe('c1')
    expect(await failureOf(make(engine))).toMatchObject({ code: 'engine_unavailable' })
    expect((await engine.sweep({ now: new Date() })).removed).toEqual(['c2'])
    expect(removed).toEqual(['c2'])
  })

  test('a refusal, in the engine’s words on one line', async () => {
    const { engine } = await useFakeEngine({
      ...image,
      'POST /containers/create': answer(400, { message: 'No command\n\x1b[31mspecified' }),
    })
    expect(await failureOf(make(engine))).toMatchObject({
      code: 'container_refused',
      message: expect.stringContaining('No command [31mspecified'),
    })
  })
})

test('removing again and again: what is busy is tried anew, what is gone is fine', async () => {
  const answers = [409, 500, 404]
  const { engine, server } = await useFakeEngine({
    'DELETE /containers/c1': (request, response) =>
      void answer(answers.shift() ?? 404, { message: 'busy' })(request, response),
  })
  await engine.remove('c1')
  expect(server.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(3)
})
