import { expect, it } from 'vitest'
import { historyRunName, streakWords } from './cell-look.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`

it.each([
  [{ tag: '1.2', digest }, '1.2'],
  [{ digest }, '0123456'],
  [{ digest: 'odd' }, 'odd'],
])('a run %j is called %s', (run, name) => {
  expect(historyRunName(run)).toBe(name)
})

it.each([
  ['passed', 12, true, { since: 'passes since 1.4', length: '12 in a row' }],
  ['failed', 1, true, { since: 'fails since 1.4', length: '1 run' }],
  ['absent', 200, false, { since: 'missing since 1.4', length: 'at least 200 in a row' }],
] as const)('%s, %i runs', (outcome, runs, isWhole, words) => {
  expect(streakWords({ outcome, runs, isWhole, oldest: { tag: '1.4', digest } })).toEqual(words)
})
