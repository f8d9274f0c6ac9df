import { describe, expect, test } from 'vitest'
import type { RunSummaryDto } from '#lib/api/runs.ts'
import { runRow } from './runs-row-model.ts'

const run = (by: Partial<RunSummaryDto> = {}): RunSummaryDto => ({
  id: 'run-1',
  reference: 'quay.io/power/app:1.0',
  digest: `sha256:${'0'.repeat(64)}`,
  state: 'finished',
  verdict: 'passed',
  createdAt: '2026-11-24T00:00:00.000Z',
  finishedAt: '2026-11-24T00:00:07.000Z',
  jobs: [
    { platform: 'linux/s390x', state: 'finished', verdict: 'inconclusive', mode: 'emulated' },
    { platform: 'linux/amd64', state: 'finished', verdict: 'passed', mode: 'native' },
  ],
  ...by,
})

describe('a line of the list of runs', () => {
  test('has the platforms in the fixed order, native and emulated told apart', () => {
    expect(runRow(run())).toMatchObject({
      mark: { kind: 'verdict', verdict: 'passed' },
      time: { kind: 'took', durationMs: 7_000 },
      platforms: [
        { platform: 'linux/amd64', tone: 'pass', word: 'passed', isEmulated: false },
        { platform: 'linux/s390x', tone: 'doubt', word: 'inconclusive', isEmulated: true },
      ],
    })
  })

  test('one that goes on counts what is done', () => {
    const { verdict: _v, finishedAt: _f, ...open } = run({ state: 'running' })
    const jobs = [
      { platform: 'linux/amd64', state: 'finished' as const, verdict: 'passed' as const },
      { platform: 'linux/ppc64le', state: 'pulling' as const },
    ]
    expect(runRow({ ...open, jobs })).toMatchObject({
      mark: { kind: 'activity', word: '1 of 2 done', isMoving: true },
      time: { kind: 'since', at: open.createdAt },
      platforms: [{ tone: 'pass' }, { tone: undefined, word: 'pulling' }],
    })
    expect(runRow({ ...open, state: 'queued', jobs }).mark).toMatchObject({ word: 'Queued', isMoving: false })
  })

  test('one that was cancelled has no verdict', () => {
    const { verdict: _v, ...cancelled } = run({ state: 'cancelled' })
    const jobs = [{ platform: 'linux/amd64', state: 'cancelled' as const }]
    expect(runRow({ ...cancelled, jobs })).toMatchObject({
      mark: { kind: 'cancelled' },
      platforms: [{ tone: 'skip', word: 'cancelled' }],
    })
  })

  test.each([
    ['quay.io/power/app:1.0@sha256:00', 'quay.io/power/app:1.0'],
    ['localhost:5000/app@sha256:00', 'localhost:5000/app@sha256:00'],
    ['localhost:5000/app:2@sha256:00', 'localhost:5000/app:2'],
    ['oci:samples/multiarch-app:latest', 'oci:samples/multiarch-app:latest'],
  ])('%s is called %s', (reference, name) => {
    expect(runRow(run({ reference })).reference).toBe(name)
  })
})
