import type { Verdict } from './verdict.ts'

/** What a badge can say. Only what was run to its end and passed is ever green. */
export const BADGE_STATES = [
  'native',
  'emulated',
  'partial',
  'failed',
  'missing',
  'stale',
  'inconclusive',
  'unvalidated',
] as const
export type BadgeState = (typeof BADGE_STATES)[number]

/** Colours by the names of shields.io, as Archway draws them: at least 4.5:1 under white text. */
export const BADGE_FILLS = {
  brightgreen: '#1c7a4c',
  yellowgreen: '#5b6b0b',
  yellow: '#855a00',
  red: '#bf2f27',
  orange: '#a8480a',
  lightgrey: '#6b6861',
} as const

/** How a state is told. */
export const BADGE_LOOKS: Readonly<
  Record<BadgeState, { readonly message: string; readonly color: keyof typeof BADGE_FILLS }>
> = {
  native: { message: 'validated natively', color: 'brightgreen' },
  emulated: { message: 'validated, emulated', color: 'yellowgreen' },
  partial: { message: 'validated in part', color: 'yellow' },
  failed: { message: 'failed', color: 'red' },
  missing: { message: 'missing', color: 'orange' },
  stale: { message: 'stale', color: 'lightgrey' },
  inconclusive: { message: 'inconclusive', color: 'yellow' },
  unvalidated: { message: 'not validated', color: 'lightgrey' },
}

/** Why a badge says what it says, where its state alone does not tell. */
export type BadgeReason = 'tag-gone' | 'tag-moved' | 'too-old' | 'not-in-image' | 'whole-image'

/** What is known of one platform of what a reference is now. */
export interface PlatformFacts {
  /** False when the image does not have it; undefined where nobody knows. */
  readonly isThere: boolean | undefined
  /** The newest report on the very digest which looked at the platform. */
  readonly judgement?:
    | {
        readonly verdict?: Verdict | undefined
        readonly mode?: 'native' | 'emulated' | undefined
        /** An error concerns the image as a whole. */
        readonly hasWholeError: boolean
        readonly isTooOld: boolean
      }
    | undefined
  /** A report looked at the platform when the tag was another digest. */
  readonly wasJudgedBefore: boolean
}

/** What a badge says of a platform. */
export interface PlatformBadge {
  readonly state: BadgeState
  readonly reason?: BadgeReason
}

/** What the facts allow to claim of one platform. */
export function badgeOf({ isThere, judgement, wasJudgedBefore }: PlatformFacts): PlatformBadge {
  if (isThere === false) return { state: 'missing', reason: 'not-in-image' }
  if (judgement === undefined)
    return wasJudgedBefore ? { state: 'stale', reason: 'tag-moved' } : { state: 'unvalidated' }
  if (judgement.isTooOld) return { state: 'stale', reason: 'too-old' }
  switch (judgement.verdict) {
    case 'passed':
      if (judgement.hasWholeError) return { state: 'failed', reason: 'whole-image' }
      return { state: judgement.mode ?? 'unvalidated' }
    case 'failed':
    case 'inconclusive':
      return { state: judgement.verdict }
    default:
      return { state: 'unvalidated' }
  }
}

/** The worst of these is what a whole image is; any of them is heavier than a pass. */
const HEAVIEST_FIRST = ['failed', 'missing', 'stale', 'inconclusive'] as const

/** What is claimed of an image as a whole: natively only when every platform was, and validated only when all were. */
export function wholeBadge(badges: readonly PlatformBadge[]): PlatformBadge & { readonly passed: number } {
  const passed = badges.filter(({ state }) => state === 'native' || state === 'emulated').length
  for (const state of HEAVIEST_FIRST) {
    const worst = badges.find((badge) => badge.state === state)
    if (worst) return { ...worst, passed }
  }
  if (passed === 0) return { state: 'unvalidated', passed }
  if (passed < badges.length) return { state: 'partial', passed }
  return { state: badges.every(({ state }) => state === 'native') ? 'native' : 'emulated', passed }
}
