import { expect, test } from 'vitest'
import type { LastRunDto } from '#lib/api/runs.ts'
import { lastRunWords } from './last-run.ts'

const platforms = ['linux/amd64', 'linux/ppc64le', 'linux/s390x']
const run = (verdict: LastRunDto['verdict'], jobs: LastRunDto['jobs']): LastRunDto => ({
  id: 'run-1',
  verdict,
  finishedAt: '2026-11-24T00:00:00.000Z',
  jobs,
})
const amd64 = { platform: 'linux/amd64', verdict: 'passed', mode: 'native' } as const
const ppc64le = { platform: 'linux/ppc64le', verdict: 'passed', mode: 'emulated' } as const
const s390x = { platform: 'linux/s390x', verdict: 'passed', mode: 'emulated' } as const

test.each<[LastRunDto, string, string | undefined]>([
  [run('passed', [amd64, ppc64le, s390x]), 'Passed', '2 of 3 emulated'],
  [run('passed', [ppc64le]), 'Passed on 1 of 3', 'emulated'],
  [run('passed', [amd64]), 'Passed on 1 of 3', 'native'],
  [run('failed', [amd64, { ...ppc64le, verdict: 'failed' }, s390x]), 'Failed on ppc64le', '2 of 3 emulated'],
  [
    run('failed', [amd64, { ...ppc64le, verdict: 'failed' }, { ...s390x, verdict: 'failed' }]),
    'Failed on 2',
    '2 of 3 emulated',
  ],
  [run('failed', [amd64, ppc64le, s390x]), 'Failed', '2 of 3 emulated'],
  [
    run('inconclusive', [amd64, { ...s390x, verdict: 'inconclusive' }]),
    'Inconclusive on s390x',
    '1 of 2 emulated',
  ],
  [
    run('skipped', [{ platform: 'windows/amd64', verdict: 'skipped' }]),
    'Skipped on windows/amd64',
    undefined,
  ],
])('%j reads %s, %s', (last, text, how) => {
  expect(lastRunWords(last, platforms)).toEqual({ text, how })
})
