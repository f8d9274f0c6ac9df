import { expect, test } from 'vitest'
import { compareCoverage } from './compare-coverage.ts'

test('pairs platforms by their names, in the fixed order', () => {
  const from = new Map([
    ['linux/s390x', 's'],
    ['linux/ppc64le', 'p'],
    ['linux/amd64', 'a'],
  ])
  const to = new Map([
    ['linux/arm64', 'x'],
    ['linux/amd64', 'a'],
    ['linux/ppc64le', 'q'],
  ])
  expect(compareCoverage(from, to)).toEqual([
    { platform: 'linux/amd64', from: 'a', to: 'a', change: 'same' },
    { platform: 'linux/arm64', to: 'x', change: 'added' },
    { platform: 'linux/ppc64le', from: 'p', to: 'q', change: 'changed' },
    { platform: 'linux/s390x', from: 's', change: 'removed' },
  ])
})
