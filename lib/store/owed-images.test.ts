import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from './store.ts'

async function useStore() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-owed-'))
  const store = await openStore(folder)
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  const run = (id: string) =>
    store.runs.create({
      id,
      repository: 'registry.test/app',
      reference: 'registry.test/app:1',
      pinned: 'registry.test/app@sha256:1',
      digest: 'sha256:1',
      kind: 'index',
      profile: {},
      plan: { jobs: [{ platform: 'linux/amd64' }, { platform: 'linux/ppc64le' }], leftOut: [], findings: [] },
      removeImages: true,
      createdAt: new Date(0),
    })
  const end = (id: string, platform: string) =>
    store.runs.endJob(id, { platform, state: 'finished', findings: [], steps: [] } as never, new Date(1))
  return { store, owed: store.owedImages, run, end }
}

const onFake = { runId: 'r1', engine: 'fake', image: 'app@1' }

test('an image is due once no open job will remove it', async () => {
  const { owed, run, end } = await useStore()
  await run('r1')
  await run('r2')
  await owed.note({ ...onFake, platform: 'linux/amd64' })
  await owed.note({ ...onFake, platform: 'linux/amd64' })
  await owed.note({ ...onFake, runId: 'r2', platform: 'linux/ppc64le' })
  await owed.note({ ...onFake, platform: 'linux/ppc64le', engine: 'another' })
  expect(await owed.dueOn('fake')).toEqual([])
  await end('r1', 'linux/amd64')
  expect(await owed.dueOn('fake')).toEqual([])
  await end('r2', 'linux/ppc64le')
  expect(await owed.dueOn('fake')).toEqual(['app@1'])
  expect(await owed.dueOn('another')).toEqual([])
  expect(await owed.isDebtor('r2')).toBe(true)
  await owed.settle('fake', 'app@1')
  expect(await owed.dueOn('fake')).toEqual([])
  expect([await owed.isDebtor('r1'), await owed.isDebtor('r2')]).toEqual([true, false])
  expect([await owed.isOwed('fake', 'app@1'), await owed.isOwed('another', 'app@1')]).toEqual([false, true])
})

test('an image outlasts the run that owes it', async () => {
  const { owed } = await useStore()
  await owed.note({ ...onFake, platform: 'linux/amd64' })
  expect(await owed.dueOn('fake')).toEqual(['app@1'])
})
