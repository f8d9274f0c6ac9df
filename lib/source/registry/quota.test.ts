import { describe, expect, test } from 'vitest'
import { parseQuota, QuotaMeter } from './quota.ts'

const now = new Date('2026-01-01T00:00:00Z')
const rate = (limit: string, remaining: string) => ({
  'ratelimit-limit': limit,
  'ratelimit-remaining': remaining,
})

test.each<[Record<string, string>, unknown]>([
  [rate('100;w=21600', '20;w=21600'), { limit: 100, remaining: 20, windowSeconds: 21_600, seenAt: now }],
  [rate('100', '20'), { limit: 100, remaining: 20, windowSeconds: 0, seenAt: now }],
  [rate(' 100 ; w = 60 ', '100'), { limit: 100, remaining: 100, windowSeconds: 60, seenAt: now }],
  [rate('100, 100;window=60', '7'), { limit: 100, remaining: 7, windowSeconds: 60, seenAt: now }],
  [rate('100;w=60', '200;w=60'), { limit: 100, remaining: 100, windowSeconds: 60, seenAt: now }],
  [rate('0;w=60', '0;w=60'), undefined],
  [rate('many', '20'), undefined],
  [rate('100', '-1'), undefined],
  [rate('', ''), undefined],
  [{ 'ratelimit-limit': '100;w=60' }, undefined],
  [{}, undefined],
])('%j', (headers, expected) => {
  expect(parseQuota(headers, now)).toEqual(expected)
})

describe('background work leaves a quarter of the quota to people', () => {
  const attempt =
    (headers: Record<string, string>, laterMs = 0) =>
    () => {
      const meter = new QuotaMeter()
      meter.observe(headers, now.getTime())
      meter.assertRoomForBackground('docker.io', now.getTime() + laterMs)
    }

  test.each([
    ['nothing known', {}, 0],
    ['a quarter left', rate('100;w=21600', '25;w=21600'), 0],
    ['seen a window ago', rate('100;w=60', '1;w=60'), 60_000],
    ['no window known', rate('100', '1'), 0],
  ])('goes on: %s', (_, headers, laterMs) => {
    expect(attempt(headers, laterMs)).not.toThrow()
  })

  test('stops below, and says what is left and what still works', () => {
    expect(attempt(rate('100;w=21600', '24;w=21600'), 600_000)).toThrow(
      expect.objectContaining({
        code: 'rate_limited',
        retryAfterMs: 21_000_000,
        message: expect.stringMatching(/24 of 100.*paused/),
      }),
    )
  })

  test('stops after a 429, for as long as it asked', () => {
    const meter = new QuotaMeter()
    const room = (nowMs: number) => () => meter.assertRoomForBackground('quay.io', nowMs)
    meter.pause(60_000, 0)
    meter.pause(undefined, 0)
    expect(room(59_999)).toThrow(expect.objectContaining({ code: 'rate_limited', retryAfterMs: 1 }))
    expect(room(60_000)).not.toThrow()
    meter.pause(undefined, 60_000)
    expect(room(69_999)).toThrow()
    expect(room(70_000)).not.toThrow()
  })

  test('answers without the headers do not make it forget', () => {
    const meter = new QuotaMeter()
    meter.observe(rate('100;w=21600', '3'), now.getTime())
    meter.observe({}, now.getTime())
    meter.observe(rate('?', '?'), now.getTime())
    expect(meter.quota?.remaining).toBe(3)
  })
})
