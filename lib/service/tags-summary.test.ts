import { describe, expect, it } from 'vitest'
import type { Digest } from '#lib/oci/digest.ts'
import type { TagRow } from './tag-row.ts'
import { findLosses, summariseRows } from './tags-summary.ts'

const ALL = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']
const WITHOUT_POWER = ALL.filter((platform) => platform !== 'linux/ppc64le')

function row(name: string, platforms: readonly string[], created?: string): TagRow {
  return {
    name,
    state: 'resolved',
    digest: `sha256:${'0'.repeat(64)}` as Digest,
    facts: { kind: 'index', platforms, childDigests: [], ...(created ? { created } : {}) },
  }
}
const pending = (name: string): TagRow => ({ name, state: 'pending' })

describe('losses say where a platform was lost and where it came back', () => {
  it('names the first release without it and the first one with it again', () => {
    const rows = [
      row('1.0.0', ALL),
      row('1.1.0', WITHOUT_POWER),
      row('1.2.0', WITHOUT_POWER),
      row('1.3.0', ALL),
    ]
    expect(findLosses(rows, 'linux/ppc64le')).toEqual([
      { platform: 'linux/ppc64le', lostAt: '1.1.0', backAt: '1.3.0' },
    ])
  })
  it('leaves a loss open that has not ended', () => {
    expect(findLosses([row('1.0.0', ALL), row('1.1.0', WITHOUT_POWER)], 'linux/ppc64le')).toEqual([
      { platform: 'linux/ppc64le', lostAt: '1.1.0' },
    ])
  })
  it('calls nothing lost that was never there', () => {
    expect(findLosses([row('1.0.0', WITHOUT_POWER), row('1.1.0', WITHOUT_POWER)], 'linux/ppc64le')).toEqual(
      [],
    )
  })
  it('calls nothing lost that was not looked at', () => {
    expect(findLosses([row('1.0.0', ALL), pending('1.1.0'), row('1.2.0', ALL)], 'linux/ppc64le')).toEqual([])
  })
  it('tells every stretch', () => {
    const rows = [row('1', ALL), row('2', WITHOUT_POWER), row('3', ALL), row('4', WITHOUT_POWER)]
    expect(findLosses(rows, 'linux/ppc64le').map((loss) => loss.lostAt)).toEqual(['2', '4'])
  })
})

describe('the summary of a repository', () => {
  const fallback = `sha256-${'a'.repeat(64)}`
  const rows = [
    row('1.2.0', ALL, '2026-01-02T00:00:00Z'),
    row('1.2.0-ppc64le', ['linux/ppc64le']),
    row('1.1.0', WITHOUT_POWER),
    row('1.0.0', ALL),
    pending('latest'),
    { name: 'broken', state: 'failed' } as const,
    pending(fallback),
  ]
  const summary = summariseRows(rows)

  it('counts tags without referrers fallback tags', () => {
    expect(summary).toMatchObject({ total: 6, resolved: 4, failed: 1 })
    expect(summary.fallbackTags).toEqual({ count: 1, names: [fallback] })
  })
  it('counts platforms over joined tags only', () => expect(summary.platformCounts['linux/ppc64le']).toBe(2))
  it('draws releases oldest first and leaves other tags out', () =>
    expect(summary.ribbon.releases.map((release) => release.tag)).toEqual(['1.0.0', '1.1.0', '1.2.0']))
  it('names the newest release with its time', () =>
    expect(summary.newest).toEqual({ name: '1.2.0', created: '2026-01-02T00:00:00Z' }))
  it('is calm about nothing', () =>
    expect(summariseRows([])).toMatchObject({ total: 0, losses: [], platformCounts: {} }))
})
