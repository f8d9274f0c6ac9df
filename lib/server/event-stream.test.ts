import { expect, it } from 'vitest'
import { eventStream, type StreamEvent } from './event-stream.ts'

const request = (signal?: AbortSignal) => new Request('http://archway.test/events', signal ? { signal } : {})

it('sends every event with its id, and ends', async () => {
  const response = eventStream(request(), async function* () {
    yield { event: 'a', data: { n: 1 }, id: 'x-1' }
    yield { event: 'b', data: 'two' }
  })
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
  expect(await response.text()).toBe(
    'retry: 3000\n\nid: x-1\nevent: a\ndata: {"n":1}\n\nevent: b\ndata: "two"\n\n',
  )
})

it('asks for no more than a slow reader takes, and stops when it leaves', async () => {
  let made = 0
  let isEnded = false
  const response = eventStream(request(), async function* (signal): AsyncGenerator<StreamEvent> {
    try {
      while (!signal.aborted) yield { event: 'n', data: made++ }
    } finally {
      isEnded = true
    }
  })
  const reader = response.body?.getReader()
  for (let i = 0; i < 5; i++) await reader?.read()
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
  expect(made).toBeLessThan(10)
  await reader?.cancel()
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
  expect(isEnded).toBe(true)
})

it('tells a failure as a problem', async () => {
  const response = eventStream(request(), async function* (): AsyncGenerator<StreamEvent> {
    yield { event: 'a', data: 1 }
    throw Object.assign(new Error('no'), { name: 'AbortError' })
  })
  expect(await response.text()).toContain('event: problem\ndata: {"type":"urn:archway:problem:cancelled"')
})
