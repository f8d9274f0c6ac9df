import { describe, expect, it } from 'vitest'
import { createShare } from '../report/create-share.ts'
import { startDeskWorld } from '../testing/desk-world.ts'
import { listRuns } from './list-runs.ts'
import { startRun } from './start-run.ts'
import { sweepReports } from './sweep-reports.ts'

const ref = 'registry.test/lab/app'
const DAY_MS = 86_400_000

describe('a request with a key', () => {
  it('runs once, also when it comes twice at once and after a restart', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({})
    const request = { ref, key: 'build-7', profile: { env: { A: '1', B: '2' } } }
    const [first, second] = await Promise.all([
      startRun(desk.context, request),
      startRun(desk.context, request),
    ])
    expect(second).toEqual(first)
    await desk.over(first.id)
    const later = await desk.restart()
    const turned = { key: 'build-7', profile: { env: { B: '2', A: '1' } }, ref }
    expect(await startRun(later, turned)).toEqual(first)
    expect((await listRuns(later, { limit: 50 })).runs).toHaveLength(1)
  })
  it('is refused for another request', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({})
    const { id } = await startRun(desk.context, { ref, key: 'k' })
    await expect(startRun(desk.context, { ref, key: 'k', removeImages: true })).rejects.toMatchObject({
      code: 'run_key_conflict',
    })
    await desk.over(id)
  })
})

describe('reports', () => {
  it('go when they are too old or too many, and those that are shared never', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({})
    const ids: string[] = []
    for (let count = 0; count < 4; count++) {
      const { id } = await startRun(desk.context, { ref })
      await desk.over(id)
      ids.push(id)
    }
    const [shared = '', second = '', third, fourth] = ids
    await createShare(desk.context, shared)
    const left = async () => (await listRuns(desk.context, { limit: 50 })).runs.map(({ id }) => id)
    expect(await sweepReports(desk.context, {})).toEqual({ removed: 0, keptShared: 0 })
    expect(await sweepReports(desk.context, { maxReports: 2 })).toEqual({ removed: 1, keptShared: 1 })
    expect(await left()).toEqual([fourth, third, shared])
    expect(await desk.context.store.reports.has(second)).toBe(false)
    expect(await sweepReports(desk.context, { days: 2 })).toEqual({ removed: 0, keptShared: 0 })
    desk.world.memory.advance(3 * DAY_MS)
    expect(await sweepReports(desk.context, { days: 2 })).toEqual({ removed: 2, keptShared: 1 })
    expect(await left()).toEqual([shared])
  })
})
