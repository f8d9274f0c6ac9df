import { describe, expect, it } from 'vitest'
import { BADGE_FILLS, BADGE_STATES, badgeOf, type PlatformFacts, wholeBadge } from './badge.ts'
import type { Verdict } from './verdict.ts'

const judged = (
  verdict: Verdict | undefined,
  mode: 'native' | 'emulated' | undefined = 'native',
  rest: Partial<NonNullable<PlatformFacts['judgement']>> = {},
): PlatformFacts => ({
  isThere: true,
  judgement: { verdict, mode, hasWholeError: false, isTooOld: false, ...rest },
  wasJudgedBefore: true,
})

describe('one platform', () => {
  it.each<[string, PlatformFacts, object]>([
    ['passed natively', judged('passed'), { state: 'native' }],
    ['passed under emulation', judged('passed', 'emulated'), { state: 'emulated' }],
    [
      'passed, and nobody knows how',
      { ...judged('passed'), judgement: { verdict: 'passed', hasWholeError: false, isTooOld: false } },
      { state: 'unvalidated' },
    ],
    ['failed', judged('failed', 'emulated'), { state: 'failed' }],
    [
      'passed in an image with an error of its whole',
      judged('passed', 'native', { hasWholeError: true }),
      { state: 'failed', reason: 'whole-image' },
    ],
    ['inconclusive', judged('inconclusive', 'emulated'), { state: 'inconclusive' }],
    ['skipped', judged('skipped'), { state: 'unvalidated' }],
    ['without a verdict', judged(undefined), { state: 'unvalidated' }],
    [
      'passed long ago',
      judged('passed', 'native', { isTooOld: true }),
      { state: 'stale', reason: 'too-old' },
    ],
    [
      'run when the tag was something else',
      { isThere: true, wasJudgedBefore: true },
      { state: 'stale', reason: 'tag-moved' },
    ],
    ['never run', { isThere: true, wasJudgedBefore: false }, { state: 'unvalidated' }],
    ['of which nothing is known', { isThere: undefined, wasJudgedBefore: false }, { state: 'unvalidated' }],
    [
      'not in the image',
      { isThere: false, wasJudgedBefore: true },
      { state: 'missing', reason: 'not-in-image' },
    ],
    [
      'not in the image, and asked for',
      { ...judged('failed'), isThere: false },
      { state: 'missing', reason: 'not-in-image' },
    ],
  ])('%s', (_, facts, badge) => {
    expect(badgeOf(facts)).toEqual(badge)
  })
})

describe('a whole image', () => {
  it.each<[string, object]>([
    ['native native', { state: 'native', passed: 2 }],
    ['native emulated', { state: 'emulated', passed: 2 }],
    ['native unvalidated', { state: 'partial', passed: 1 }],
    ['native emulated stale', { state: 'stale', passed: 2 }],
    ['native inconclusive unvalidated', { state: 'inconclusive', passed: 1 }],
    ['native missing stale', { state: 'missing', passed: 1 }],
    ['missing failed native', { state: 'failed', passed: 1 }],
    ['unvalidated unvalidated', { state: 'unvalidated', passed: 0 }],
    ['', { state: 'unvalidated', passed: 0 }],
  ])('of platforms that are %j', (states, whole) => {
    const badges = states.split(' ').flatMap((text) => BADGE_STATES.filter((state) => state === text))
    expect(wholeBadge(badges.map((state) => ({ state })))).toEqual(whole)
  })
})

it('white text can be read on every colour', () => {
  const channel = (hex: string) => {
    const value = Number.parseInt(hex, 16) / 255
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  for (const fill of Object.values(BADGE_FILLS)) {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => channel(fill.slice(at, at + 2)))
    expect(1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)).toBeGreaterThan(4.5)
  }
})
