import { describe, expect, test } from 'vitest'
import type { ImagePlatformDto } from '#lib/api/image.ts'
import type { FindingDto } from '#lib/api/parts.ts'
import { checkedSummary } from './checked-summary.ts'
import { configFixture, imageFixture, platformFixture } from './fixtures.ts'

const good = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'].map((text) =>
  platformFixture(text),
)
const windows = (count: number) => Array.from({ length: count }, () => platformFixture('windows/amd64'))
const unread = (text: string, presence: ImagePlatformDto['presence'] = 'missing') => {
  const { config: _, ...rest } = platformFixture(text, { presence })
  return rest
}
const finding = (severity: FindingDto['severity'], rest: Partial<FindingDto> = {}): FindingDto => ({
  code: 'X',
  severity,
  evidence: {},
  title: 'Title',
  message: 'Message.',
  ...rest,
})
const summary = (...args: Parameters<typeof imageFixture>) => {
  const { lead, text, more, limits, tone } = checkedSummary(imageFixture(...args))
  return `${tone}: ${[lead, text, more, limits].filter(Boolean).join(' ')}`
}
const LIMITS = 'Binaries were not looked at, nothing was run.'

describe('the summary says what was compared and no more', () => {
  test('all agree', () => {
    expect(summary(good)).toBe(`neutral: Index and config agree on all 4 platforms. ${LIMITS}`)
    expect(summary(windows(2))).toBe(`neutral: Index and config agree on both platforms. ${LIMITS}`)
    expect(summary(windows(1))).toBe(
      `neutral: Index and config agree on the one platform it lists. ${LIMITS}`,
    )
  })

  test('and a primary platform that is not in the index is named', () => {
    expect(summary(good.filter((platform) => platform.platform !== 'linux/ppc64le'))).toBe(
      `neutral: Index and config agree on all 3 platforms. Not in this index: linux/ppc64le. ${LIMITS}`,
    )
  })

  test('some could not be read', () => {
    expect(summary([...good.slice(0, 3), unread('linux/s390x')])).toBe(
      `warn: Index and config agree on 3 of 4 platforms; linux/s390x is missing from the registry. ${LIMITS}`,
    )
  })

  test('each reason for not reading is told apart', () => {
    const platforms = [
      platformFixture('linux/amd64'),
      unread('linux/arm64'),
      unread('linux/ppc64le'),
      unread('linux/s390x', 'unauthorised'),
      unread('linux/386', 'unknown'),
      unread('linux/riscv64', 'present'),
    ]
    expect(summary(platforms)).toContain(
      'agree on 1 of 6 platforms; 2 are missing from the registry, linux/s390x may not be read, linux/386 was not read, linux/riscv64 has no readable config.',
    )
  })

  test('nothing could be read', () => {
    expect(summary([unread('linux/amd64', 'unauthorised'), unread('linux/arm64', 'unauthorised')])).toBe(
      `warn: The index lists 2 platforms; none of their images could be read, so nothing was compared. Not in this index: linux/ppc64le, linux/s390x. ${LIMITS}`,
    )
  })

  test('an entry without a platform is not counted as agreeing', () => {
    const { rawPlatform: _, ...nameless } = platformFixture('linux/arm64')
    expect(summary([platformFixture('linux/amd64'), nameless])).toContain(
      'Index and config agree on 1 of 2 platforms; 1 names no platform in the index.',
    )
    expect(summary([nameless])).toContain(
      'The index does not say which platform its one image is for; only the config tells.',
    )
  })

  test('an empty index', () => {
    expect(summary([])).toBe(`neutral: This index lists no image for any platform. ${LIMITS}`)
  })

  test('a single image', () => {
    expect(summary([platformFixture('linux/ppc64le')], { kind: 'image' })).toBe(
      `neutral: A single image for linux/ppc64le, by its own config; no index lists others. ${LIMITS}`,
    )
    expect(summary([unread('unknown/unknown')], { kind: 'image' })).toContain('could not be read')
    const nameless = platformFixture('unknown/unknown', { config: configFixture('unknown/unknown') })
    expect(summary([nameless], { kind: 'image' })).toContain('names no platform')
  })

  test('errors come first and alone say “Do not ship”', () => {
    const findings = [finding('warning'), finding('error', { platform: 'linux/arm64' }), finding('error')]
    expect(summary(good, { findings })).toBe('fail: Do not ship. linux/arm64: Message. 1 more error')
    expect(summary(good, { findings: [finding('warning')] })).toBe(`warn: 1 warning. Message. ${LIMITS}`)
    expect(summary(good, { findings: [finding('info')] })).toMatch(/^neutral: Index and config agree/)
  })
})

describe('with a last run', () => {
  const jobs = good.map(({ platform }, at) => ({
    platform,
    verdict: 'passed' as const,
    mode: at === 0 ? ('native' as const) : ('emulated' as const),
  }))
  const lastRun = { id: 'r', verdict: 'passed' as const, finishedAt: '2026-11-24T00:00:00.000Z', jobs }
  const only = 'Of the binaries only entrypoints were looked at.'

  test('that passed everywhere it is green, and says what was emulated', () => {
    expect(summary(good, { lastRun })).toBe(
      `pass: Passed. It ran on all 4 platforms, 3 of them under emulation. Index and config agree on all 4 platforms. ${only}`,
    )
  })

  test('that passed on some it is not', () => {
    expect(summary(good, { lastRun: { ...lastRun, jobs: jobs.slice(2, 3) } })).toBe(
      `neutral: The last run passed, on linux/ppc64le alone, under emulation. ${only}`,
    )
  })

  test('that looked at every file has nothing to own up to', () => {
    expect(checkedSummary(imageFixture(good, { lastRun }), true)).not.toHaveProperty('limits')
    expect(checkedSummary(imageFixture(good), true)).toHaveProperty('limits')
  })

  test('a warning outweighs a pass, an error everything', () => {
    expect(summary(good, { lastRun, findings: [finding('warning')] })).toBe(
      `warn: 1 warning. Message. ${only}`,
    )
    expect(summary(good, { lastRun, findings: [finding('error')] })).toBe('fail: Do not ship. Message.')
  })

  test.each([
    ['failed', 'fail: Do not ship. The last run failed on linux/ppc64le.'],
    ['inconclusive', 'doubt: Nobody can tell yet. The last run was inconclusive on linux/ppc64le.'],
    ['skipped', 'neutral: The last run skipped linux/ppc64le: nothing here could run it.'],
  ] as const)('that was %s says where', (verdict, expected) => {
    const mixed = jobs.map((job) => (job.platform === 'linux/ppc64le' ? { ...job, verdict } : job))
    expect(summary(good, { lastRun: { ...lastRun, verdict, jobs: mixed } })).toBe(expected)
  })
})
