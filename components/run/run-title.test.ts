import { expect, test } from 'vitest'
import { runTitle } from './run-title.ts'

test.each([
  [{ state: 'running' }, 'Validating · app:1.2'],
  [{ state: 'finished', verdict: 'failed' }, 'Failed · app:1.2'],
  [{ state: 'cancelled' }, 'Cancelled · app:1.2'],
] as const)('%j is %s', (run, title) => {
  expect(runTitle({ reference: 'quay.io/org/app:1.2', ...run })).toBe(title)
})
