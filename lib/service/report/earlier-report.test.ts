import { expect, test } from 'vitest'
import { type ComparableRun, earlierRun } from './earlier-report.ts'

const run = (id: string, tag: string, minute: number, verdict?: 'passed'): ComparableRun => ({
  id,
  reference: `quay.io/org/app:${tag}`,
  finishedAt: `2026-11-24T10:${minute}:00.000Z`,
  ...(verdict ? { verdict } : {}),
})
const to = { id: 'now', reference: 'quay.io/org/app:1.2@sha256:aa', finishedAt: '2026-11-24T10:30:00.000Z' }
const self = run('now', '1.2', 30, 'passed')

test.each([
  ['the last of the same tag', [self, run('b', '1.1', 20, 'passed'), run('a', '1.2', 10, 'passed')], 'a'],
  [
    'else the last of the repository',
    [self, run('b', '1.1', 20, 'passed'), run('a', '1.0', 10, 'passed')],
    'b',
  ],
  ['none that was cancelled', [self, run('b', '1.2', 20)], undefined],
  ['none that came later', [run('c', '1.2', 40, 'passed'), self], undefined],
])('%s', (_, runs, id) => {
  expect(earlierRun(to, runs)?.id).toBe(id)
})
