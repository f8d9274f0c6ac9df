import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Report, ReportJob } from '#lib/report/model.ts'
import { openStore, type Store } from './store.ts'

let dir: string
let store: Store
beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'archway-runs-'))
  store = await openStore(dir)
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute))
const repository = 'registry.test/lab/app'
const PLATFORMS = ['linux/amd64', 'linux/ppc64le']

async function create(id: string, digest = 'sha256:1', platforms = PLATFORMS) {
  await store.runs.create({
    id,
    repository,
    reference: `${repository}:latest`,
    pinned: `${repository}@${digest}`,
    digest,
    kind: 'index',
    profile: { env: { A: 'b' } },
    plan: {
      jobs: platforms.map((platform) => ({ platform, digest, sizeBytes: 7 })),
      leftOut: [],
      findings: [],
    },
    removeImages: true,
    createdAt: at(0),
  })
}

const jobOf = (platform: string, verdict: 'passed' | 'failed' = 'passed'): ReportJob => ({
  platform,
  state: 'finished',
  verdict,
  truths: {},
  steps: [],
  findings: [],
})

function reportOf(
  id: string,
  verdict: 'passed' | 'failed' | undefined,
  minute = 5,
  digest = 'sha256:1',
): Report {
  return {
    version: 1,
    id,
    archway: '0',
    reference: `${repository}:latest`,
    pinned: `${repository}@${digest}`,
    digest,
    kind: 'index',
    profile: {},
    startedAt: at(1).toISOString(),
    finishedAt: at(minute).toISOString(),
    durationMs: 1,
    state: verdict ? 'finished' : 'cancelled',
    ...(verdict ? { verdict } : {}),
    leftOut: [],
    findings: [],
    jobs: PLATFORMS.map((platform) =>
      verdict ? jobOf(platform, verdict) : { ...jobOf(platform), state: 'cancelled' as const },
    ),
  }
}

it('a run is there after a restart as it was, its jobs in their order', async () => {
  await create('r1')
  await store.runs.beginJob('r1', 'linux/ppc64le', at(1))
  await store.close()
  store = await openStore(dir)
  expect(await store.runs.get('r1')).toEqual({
    id: 'r1',
    repository,
    reference: `${repository}:latest`,
    pinned: `${repository}@sha256:1`,
    digest: 'sha256:1',
    kind: 'index',
    state: 'running',
    profile: { env: { A: 'b' } },
    plan: {
      jobs: PLATFORMS.map((platform) => ({ platform, digest: 'sha256:1', sizeBytes: 7 })),
      leftOut: [],
      findings: [],
    },
    removeImages: true,
    isCancelAsked: false,
    createdAt: at(0),
    startedAt: at(1),
    jobs: [
      { platform: 'linux/amd64', state: 'queued', starts: 0 },
      { platform: 'linux/ppc64le', state: 'running', starts: 1, startedAt: at(1) },
    ],
  })
  expect(await store.runs.unfinished()).toEqual(['r1'])
})

it('a run is over when its report is there, and not before', async () => {
  await create('r1')
  await store.runs.endJob('r1', jobOf('linux/amd64'), at(2))
  expect(await store.reports.get('r1')).toBeUndefined()
  await store.runs.finish(reportOf('r1', 'passed'))
  expect(await store.runs.get('r1')).toMatchObject({
    state: 'finished',
    verdict: 'passed',
    jobs: [{ finishedAt: at(2) }, { state: 'finished', finishedAt: at(5) }],
  })
  expect(await store.reports.get('r1')).toEqual(reportOf('r1', 'passed'))
  expect(await store.runs.unfinished()).toEqual([])
})

it('both or neither: a report that cannot be kept leaves the run as it was', async () => {
  await create('r1')
  await store.runs.finish(reportOf('r1', 'passed'))
  await expect(store.runs.finish(reportOf('r1', 'failed'))).rejects.toThrow()
  expect((await store.runs.get('r1'))?.verdict).toBe('passed')
  await expect(store.runs.finish(reportOf('unknown', 'failed'))).rejects.toThrow()
  expect(await store.reports.has('unknown')).toBe(false)
})

it('a page of digests gets its last verdicts; cancelled runs and other repositories have none', async () => {
  await create('r1')
  await store.runs.finish(reportOf('r1', 'passed', 5))
  await create('r2')
  await store.runs.finish(reportOf('r2', 'failed', 6))
  await create('r3')
  await store.runs.finish(reportOf('r3', undefined, 7))
  await create('r4', 'sha256:2')
  await store.runs.finish(reportOf('r4', undefined, 8, 'sha256:2'))
  const digests = Array.from({ length: 1_000 }, (_, i) => `sha256:${i}`)
  const found = await store.runs.lastOf(repository, digests)
  expect([...found.keys()]).toEqual(['sha256:1'])
  expect(found.get('sha256:1')).toMatchObject({
    id: 'r2',
    verdict: 'failed',
    finishedAt: at(6),
    jobs: [{ platform: 'linux/amd64', verdict: 'failed' }, { platform: 'linux/ppc64le' }],
  })
  expect(await store.runs.lastOf('registry.test/other', digests)).toEqual(new Map())
  expect(await store.runs.lastOf(repository, [])).toEqual(new Map())
})

it('an image with nothing to run is a run too', async () => {
  await create('r1', 'sha256:1', [])
  expect((await store.runs.get('r1'))?.jobs).toEqual([])
})

it.each(['{', '{}', '[]', '{"jobs":[{}],"leftOut":[],"findings":[]}'])(
  'a plan that is %s is told as damaged, and the list goes on',
  async (plan) => {
    await create('r1')
    const db = new DatabaseSync(path.join(dir, 'archway.db'))
    db.prepare('update runs set plan = ?').run(plan)
    db.close()
    await expect(store.runs.get('r1')).rejects.toMatchObject({ code: 'store_unavailable' })
    expect(await store.runs.list({}, 10)).toHaveLength(1)
  },
)
