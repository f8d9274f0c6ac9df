import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { cancelled } from './cancelled.ts'
import type { Clock } from './clock.ts'
import { withRetries } from './retry.ts'
import { retryAfterMs } from './retry-after.ts'
import type { TransportResponse } from './transport.ts'

const answer = (status: number, headers: Record<string, string> = {}): TransportResponse => ({
  status,
  headers,
  body: new Uint8Array(),
  url: new URL('https://registry.example/'),
})
const lost = new AppError('registry_unavailable', 'lost', {
  cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }),
})
const refused = new AppError('registry_unavailable', 'refused', {
  cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
})

async function run(outcomes: (TransportResponse | Error)[], random = 0.5) {
  const waits: number[] = []
  const clock: Clock = {
    now: () => Date.parse('2026-01-01T00:00:00Z'),
    random: () => random,
    sleep: async (ms) => void waits.push(Math.round(ms)),
  }
  let tries = 0
  const send = async () => {
    const outcome = outcomes[tries++]
    if (outcome === undefined) throw new Error('asked too often')
    if (outcome instanceof Error) throw outcome
    return outcome
  }
  const result = await withRetries(send, clock, undefined).then(
    (response) => response.status,
    (error: Error) => error.message,
  )
  return { result, tries, waits }
}

describe('what is tried again, and when', () => {
  test.each<[string, (TransportResponse | Error)[], unknown]>([
    ['a good answer is taken', [answer(200)], { result: 200, waits: [] }],
    ['404 is an answer', [answer(404)], { result: 404, waits: [] }],
    ['401 is an answer', [answer(401)], { result: 401, waits: [] }],
    ...[408, 429, 499, 500, 502, 503, 504, 522].map(
      (status): [string, (TransportResponse | Error)[], unknown] => [
        `${status} is tried again`,
        [answer(status), answer(200)],
        { result: 200, waits: [1_000] },
      ],
    ),
    ['501 is not', [answer(501)], { result: 501, waits: [] }],
    ['three tries at most', [answer(503), answer(503), answer(503)], { result: 503, waits: [1_000, 3_000] }],
    ['a lost connection', [lost, lost, answer(200)], { result: 200, waits: [1_000, 3_000] }],
    ['lost three times', [lost, lost, lost], { result: 'lost', waits: [1_000, 3_000] }],
    ['a refused connection is told at once', [refused], { result: 'refused', waits: [] }],
    [
      'Retry-After is honoured',
      [answer(429, { 'retry-after': '7' }), answer(200)],
      { result: 200, waits: [7_000] },
    ],
    ['Retry-After: 0 waits as usual', [answer(429, { 'retry-after': '0' }), answer(200)], { waits: [1_000] }],
    [
      'a long Retry-After is not waited for',
      [answer(429, { 'retry-after': '11' })],
      { result: 429, waits: [] },
    ],
    [
      'a date',
      [answer(503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:04 GMT' }), answer(200)],
      { result: 200, waits: [4_000] },
    ],
    [
      'a used-up quota is not waited for',
      [answer(429, { 'ratelimit-remaining': '0;w=21600' })],
      { waits: [] },
    ],
    [
      'a quota with something left',
      [answer(429, { 'ratelimit-remaining': '5' }), answer(200)],
      { waits: [1_000] },
    ],
  ])('%s', async (_, outcomes, expected) => {
    const seen = await run(outcomes)
    expect(seen).toMatchObject(expected as object)
    expect(seen.tries).toBe(outcomes.length)
  })

  test('waits differ by a tenth', async () => {
    expect((await run([answer(503), answer(200)], 0)).waits).toEqual([900])
    expect((await run([answer(503), answer(200)], 0.999)).waits).toEqual([1_100])
  })

  test('an abort ends the wait', async () => {
    const signal = AbortSignal.abort()
    const clock: Clock = {
      now: Date.now,
      random: Math.random,
      sleep: () => Promise.reject(cancelled(signal)),
    }
    await expect(withRetries(async () => answer(503), clock, signal)).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

test.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': ' 5 ' }, 5_000],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '99999999999999' }, undefined],
  [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
  [{ 'x-retry-after': '1767225630' }, 30_000],
  [{ 'x-retry-after': '1' }, 0],
  [{ 'x-retry-after': 'soon' }, undefined],
])('Retry-After of %j is %j ms', (headers, expected) => {
  expect(retryAfterMs(headers, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected)
})
