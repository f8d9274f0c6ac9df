import { describe, expect, it } from 'vitest'
import { judgeRun, VERDICTS, type Verdict } from './verdict.ts'

const POWER = 'linux/ppc64le'
const AMD64 = 'linux/amd64'
type FindingOf = Parameters<typeof judgeRun>[0]['findings'][number]
const error = (platform?: string): FindingOf => ({ severity: 'error', ...(platform ? { platform } : {}) })
const judge = (execution: Verdict | undefined, findings: readonly FindingOf[] = []) =>
  judgeRun({ findings, jobs: [{ platform: POWER, execution }], cancelled: false })
const run = (executions: readonly (Verdict | undefined)[], findings: readonly FindingOf[] = []) =>
  judgeRun({
    findings,
    jobs: executions.map((execution, i) => ({ platform: `linux/a${i}`, execution })),
    cancelled: false,
  }).verdict

describe('a job', () => {
  it.each([...VERDICTS])('is what its execution says: %s', (verdict) =>
    expect(judge(verdict).jobs).toEqual([verdict]),
  )
  it('is skipped when nothing executed it', () => expect(judge(undefined).jobs).toEqual(['skipped']))
  it.each([...VERDICTS, undefined])(
    'failed when an error concerns its platform, whatever ran: %s',
    (execution) => expect(judge(execution, [error(POWER)]).jobs).toEqual(['failed']),
  )
  it.each([
    ['an error of another platform', error(AMD64)],
    ['an error of the whole index', error()],
    ['a warning', { severity: 'warning', platform: POWER } as const],
    ['information', { severity: 'info', platform: POWER } as const],
  ])('does not fail of %s', (_, finding) => expect(judge('passed', [finding]).jobs).toEqual(['passed']))
})

describe('a run', () => {
  it.each<[readonly (Verdict | undefined)[], Verdict]>([
    [['passed', 'passed'], 'passed'],
    [['passed', 'skipped'], 'skipped'],
    [['passed', undefined], 'skipped'],
    [['skipped', 'inconclusive'], 'inconclusive'],
    [['passed', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'failed'], 'failed'],
    [['failed', 'passed', 'skipped', 'inconclusive'], 'failed'],
    [[undefined], 'skipped'],
  ])('%j is %s, in any order', (executions, verdict) => {
    expect(run(executions)).toBe(verdict)
    expect(run(executions.toReversed())).toBe(verdict)
  })
  it('without a job looked at nothing and is never green', () => expect(run([])).toBe('skipped'))
  it('failed when an error concerns the whole index', () => expect(run(['passed'], [error()])).toBe('failed'))
  it('failed of it even where nothing could run', () => expect(run([undefined], [error()])).toBe('failed'))
  it('does not fail of a platform that was left out', () =>
    expect(run(['passed'], [error('windows/amd64')])).toBe('passed'))
  it('passed with warnings', () => expect(run(['passed'], [{ severity: 'warning' }])).toBe('passed'))
  it('that was cancelled has no verdict, its finished jobs do', () =>
    expect(
      judgeRun({ findings: [error()], jobs: [{ platform: POWER, execution: 'passed' }], cancelled: true }),
    ).toEqual({ verdict: undefined, jobs: ['passed'] }))
})
