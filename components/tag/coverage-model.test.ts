import { describe, expect, test } from 'vitest'
import { coverageModel, lossesToTell } from './coverage-model.ts'
import { summaryFixture } from './fixtures.ts'

const AMD64 = 'linux/amd64'
const PPC64LE = 'linux/ppc64le'

function release(tag: string, platforms: string[], state: 'resolved' | 'pending' | 'failed' = 'resolved') {
  return { tag, state, platforms }
}

function cellsOf(
  releases: ReturnType<typeof release>[],
  losses: { platform: string; lostAt: string }[] = [],
) {
  const ribbon = { platforms: [AMD64, PPC64LE], releases, omitted: 0 }
  return coverageModel(summaryFixture({ ribbon, losses })).columns.map((column) => column.cells[1])
}

describe('a cell of the ribbon', () => {
  test('is a hole only after an earlier release had the platform', () => {
    const releases = [
      release('1.0', [AMD64]),
      release('1.1', [AMD64, PPC64LE]),
      release('1.2', [AMD64]),
      release('1.3', [AMD64, PPC64LE]),
    ]
    expect(cellsOf(releases)).toEqual(['absent', 'present', 'hole', 'present'])
  })

  test('is a hole from the first release drawn when the loss is older than the ribbon', () => {
    expect(cellsOf([release('2.0', [AMD64])], [{ platform: PPC64LE, lostAt: '1.9' }])).toEqual(['hole'])
  })

  test('claims nothing of a release that was not read', () => {
    const releases = [
      release('1.0', [AMD64, PPC64LE]),
      release('1.1', [], 'pending'),
      release('1.2', [], 'failed'),
      release('1.3', []),
    ]
    expect(cellsOf(releases)).toEqual(['present', 'pending', 'failed', 'absent'])
  })
})

test('a column says in words what it shows', () => {
  const releases = [
    release('1.0', [AMD64, PPC64LE]),
    release('1.1', [AMD64]),
    release('1.2', [], 'pending'),
    release('1.3', [], 'failed'),
    release('1.4', []),
  ]
  const ribbon = { platforms: [AMD64, PPC64LE], releases, omitted: 0 }
  expect(coverageModel(summaryFixture({ ribbon })).columns.map((column) => column.label)).toEqual([
    '1.0: linux/amd64, linux/ppc64le',
    '1.1: without linux/ppc64le',
    '1.2: not resolved yet',
    '1.3: could not be read',
    '1.4: no platforms',
  ])
})

test('what is still lost is told before what came back, the latest first', () => {
  const losses = [
    { platform: PPC64LE, lostAt: '1.0', backAt: '1.1' },
    { platform: PPC64LE, lostAt: '1.4', backAt: '1.6' },
    { platform: AMD64, lostAt: '1.2' },
  ]
  const { told, more } = lossesToTell(losses, 2)
  expect(told.map((loss) => loss.lostAt)).toEqual(['1.2', '1.4'])
  expect(more).toBe(1)
})
