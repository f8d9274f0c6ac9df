import { describe, expect, it } from 'vitest'
import { startDeskWorld } from '../testing/desk-world.ts'
import { getRun } from './get-run.ts'
import { startRun } from './start-run.ts'

const REF = 'registry.test/lab/app'

describe('a run', () => {
  it('is kept, worked on and left as a report', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' }, {})
    const { id, url } = await startRun(desk.context, { ref: REF })
    expect(url).toBe(`/runs/${id}`)
    await desk.over(desk.context, id)
    expect(desk.faults).toEqual([])
    expect(await getRun(desk.context, id)).toMatchObject({ state: 'finished', verdict: 'passed' })
  })
})
