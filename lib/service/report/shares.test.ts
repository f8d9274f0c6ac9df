import { expect, it } from 'vitest'
import { startRun } from '../run/start-run.ts'
import { type DeskWorld, startDeskWorld } from '../testing/desk-world.ts'
import { createShare } from './create-share.ts'
import { getReport } from './get-report.ts'
import { getSharedReport } from './get-shared-report.ts'
import { listShares } from './list-shares.ts'
import { revokeShare } from './revoke-share.ts'

async function reported(desk: DeskWorld): Promise<string> {
  desk.world.put({ runs: [{ stdout: 'the secret is hunter2hunter2\n' }] })
  const { id } = await startRun(desk.context, {
    ref: 'registry.test/lab/app',
    profile: { env: { PASSWORD: 'hunter2hunter2' } },
  })
  await desk.over(id)
  return id
}

it('a link shows the report to anyone, what it was given in its environment masked', async () => {
  await using desk = await startDeskWorld()
  const id = await reported(desk)
  const { shares } = await createShare(desk.context, id)
  const [share] = shares
  expect(share?.path).toBe(`/share/${share?.token}`)
  expect(Buffer.from(share?.token ?? '', 'base64url')).toHaveLength(32)
  const shared = await getSharedReport(desk.context, share?.token ?? '')
  expect(shared).toMatchObject({ id, verdict: 'passed', profile: { env: { PASSWORD: expect.any(String) } } })
  expect(JSON.stringify(shared)).not.toContain('hunter2')
  const own = await getReport(desk.context, id)
  expect(own.profile.env).toEqual({ PASSWORD: 'hunter2hunter2' })
  expect(JSON.stringify(own.jobs)).not.toContain('hunter2')
  expect(own.jobs[0]?.execution?.output).toBe('the secret is •••\n')
})

it('a link outlives the server, the tag and the image', async () => {
  await using desk = await startDeskWorld()
  const id = await reported(desk)
  const token = (await createShare(desk.context, id)).shares[0]?.token ?? ''
  const next = await desk.restart()
  desk.world.memory.source.tags.clear()
  expect((await getSharedReport(next, token)).id).toBe(id)
})

it('a link that is revoked leads nowhere, also after a restart; the others go on', async () => {
  await using desk = await startDeskWorld()
  const id = await reported(desk)
  const first = (await createShare(desk.context, id)).shares[0]?.token ?? ''
  desk.world.memory.advance(1_000)
  const { shares } = await createShare(desk.context, id)
  expect(shares[1]?.token).toBe(first)
  expect((await revokeShare(desk.context, first)).shares).toEqual([shares[0]])
  for (const context of [desk.context, await desk.restart()]) {
    await expect(getSharedReport(context, first)).rejects.toMatchObject({ code: 'not_found' })
    await expect(revokeShare(context, first)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listShares(context, id)).shares).toEqual([shares[0]])
    expect((await getSharedReport(context, shares[0]?.token ?? '')).id).toBe(id)
  }
})

it.each(['', 'nope', `' or 1=1 --`])('nothing is found by “%s”', async (text) => {
  await using desk = await startDeskWorld()
  await reported(desk)
  for (const ask of [getReport, getSharedReport, listShares, createShare, revokeShare])
    await expect(ask(desk.context, text)).rejects.toMatchObject({
      code: 'not_found',
      hint: expect.any(String),
    })
})
