import { describe, expect, test } from 'vitest'
import { runConclusion } from './run-conclusion.ts'
import { jobFixture, passedJobFixture, runFixture } from './run-fixtures.ts'

const over = { state: 'finished' } as const
const amd64 = passedJobFixture('linux/amd64', 'native')
const ppc64le = passedJobFixture('linux/ppc64le', 'emulated')
const s390x = passedJobFixture('linux/s390x', 'emulated')

describe('what a run amounts to', () => {
  test('nothing while it goes on', () => {
    expect(runConclusion(runFixture([amd64, jobFixture('linux/ppc64le')]))).toBeUndefined()
  })

  test('a native pass is a pass', () => {
    expect(runConclusion(runFixture([amd64], { ...over, verdict: 'passed' }))).toEqual({
      verdict: 'passed',
      lead: 'Passed.',
      text: 'linux/amd64 ran and did what was asked.',
    })
  })

  test('an emulated pass says so', () => {
    const conclusion = runConclusion(runFixture([amd64, ppc64le, s390x], { ...over, verdict: 'passed' }))
    expect(conclusion?.text).toBe('All 3 platforms ran and did what was asked.')
    expect(conclusion?.limits).toMatch(/^2 of them ran under emulation/)
    const all = runConclusion(runFixture([ppc64le, s390x], { ...over, verdict: 'passed' }))
    expect(all?.limits).toMatch(/^All of them ran under emulation/)
  })

  test('what was left out is named', () => {
    const run = runFixture([amd64], { ...over, verdict: 'passed', leftOut: ['windows/amd64'] })
    expect(runConclusion(run)?.limits).toBe('Left out: windows/amd64.')
  })

  test('one that failed tells why', () => {
    const failed = { ...ppc64le, verdict: 'failed' as const, text: 'Died of SIGSEGV.' }
    expect(runConclusion(runFixture([amd64, failed], { ...over, verdict: 'failed' }))).toMatchObject({
      lead: 'Do not ship.',
      text: 'linux/ppc64le failed: Died of SIGSEGV.',
    })
    const two = runFixture([failed, { ...failed, platform: 'linux/s390x' }], { ...over, verdict: 'failed' })
    expect(runConclusion(two)?.text).toBe('linux/ppc64le, linux/s390x failed.')
  })

  test('an index that is wrong fails though everything ran', () => {
    const finding = {
      code: 'META-002',
      severity: 'error' as const,
      evidence: {},
      title: 'Two platforms are the same image',
      message: 'Both are the same.',
    }
    const run = runFixture([amd64], { ...over, verdict: 'failed', findings: [finding] })
    expect(runConclusion(run)?.text).toBe('Both are the same.')
  })

  test.each([
    ['inconclusive', 'Nobody can tell yet.', 'linux/ppc64le is inconclusive: why'],
    ['skipped', 'Not everything was run.', 'linux/ppc64le was skipped: why'],
  ] as const)('%s is never a pass', (verdict, lead, text) => {
    const job = jobFixture('linux/ppc64le', { state: 'finished', verdict, text: 'why' })
    expect(runConclusion(runFixture([amd64, job], { ...over, verdict }))).toMatchObject({
      verdict,
      lead,
      text,
    })
  })

  test('a cancelled one has no verdict', () => {
    const run = runFixture([amd64, jobFixture('linux/ppc64le', { state: 'cancelled' })], {
      state: 'cancelled',
    })
    expect(runConclusion(run)).toEqual({
      verdict: undefined,
      lead: 'Cancelled.',
      text: 'There is no verdict: 1 of 2 platforms had finished.',
    })
  })
})
