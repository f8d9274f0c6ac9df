import { expect, it } from 'vitest'
import { historyQuery, historyResponse } from '#lib/api/history.ts'
import { startRun } from '../run/start-run.ts'
import { type DeskWorld, startDeskWorld } from '../testing/desk-world.ts'
import { listHistory } from './list-history.ts'

const repository = 'registry.test/lab/app'
const POWER = 'linux/ppc64le'

async function run(desk: DeskWorld, ref = repository): Promise<string> {
  const { id } = await startRun(desk.context, { ref })
  await desk.over(id)
  return id
}

const ask = async (desk: DeskWorld, query: object = {}) =>
  historyResponse.parse(await listHistory(desk.context, historyQuery.parse({ repository, ...query })))

it('tells run by run what each platform was, and since when', async () => {
  await using desk = await startDeskWorld()
  const { source } = desk.world.memory
  desk.world.put({ architecture: 'amd64' }, {})
  const first = await run(desk)
  desk.world.put({ architecture: 'amd64' }, { runs: [{ exitCode: 1 }] })
  const second = await run(desk)
  const third = await run(desk, `${repository}@${source.tags.get('latest')}`)
  const all = await ask(desk)
  expect(all.platforms).toEqual(['linux/amd64', POWER])
  expect(all.tags).toEqual(['latest'])
  expect(all.runs.map(({ id, tag, verdict }) => [id, tag, verdict])).toEqual([
    [third, undefined, 'failed'],
    [second, 'latest', 'failed'],
    [first, 'latest', 'passed'],
  ])
  expect(all.runs[1]?.cells).toEqual([
    { platform: 'linux/amd64', outcome: 'passed', mode: 'native' },
    {
      platform: POWER,
      outcome: 'failed',
      mode: 'emulated',
      change: { from: first, was: 'passed', tag: 'latest' },
    },
  ])
  expect(all.streaks[1]).toMatchObject({ outcome: 'failed', runs: 2, isWhole: true, oldest: { id: second } })

  const page = await ask(desk, { limit: 2, platform: 'ppc64le' })
  expect(page.platforms).toEqual([POWER])
  expect(page.knownPlatforms).toEqual(all.platforms)
  expect(page.runs[1]?.cells[0]?.change).toMatchObject({ from: first })
  const after = await ask(desk, { limit: 2, before: page.nextBefore })
  expect(after.runs.map(({ id }) => id)).toEqual([first])
  expect(after.nextBefore).toBeUndefined()
  expect((await ask(desk, { tag: 'latest' })).runs).toHaveLength(2)
})

it('is empty for what was never run', async () => {
  await using desk = await startDeskWorld()
  expect(await ask(desk)).toEqual({
    repository,
    platforms: [],
    knownPlatforms: [],
    omittedPlatforms: 0,
    tags: [],
    streaks: [],
    runs: [],
  })
})

it.each([
  [{ repository: 'a//b' }, 'reference_invalid'],
  [{ repository: 'a:1' }, 'reference_invalid'],
  [{ platform: 'a/b/c/d' }, 'platform_invalid'],
  [{ tag: '<b>' }, 'request_invalid'],
])('%j is refused', async (query, code) => {
  await using desk = await startDeskWorld()
  await expect(ask(desk, query)).rejects.toMatchObject({ code })
})
