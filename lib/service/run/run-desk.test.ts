import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { getReport } from '../report/get-report.ts'
import { type DeskWorld, startDeskWorld } from '../testing/desk-world.ts'
import { cancelRun } from './cancel-run.ts'
import { getRun } from './get-run.ts'
import { listRuns } from './list-runs.ts'
import { startRun } from './start-run.ts'

const ref = 'registry.test/lab/app'
const AMD64 = 'linux/amd64'
const POWER = 'linux/ppc64le'
const calls = ({ world }: DeskWorld, call: string) =>
  world.engine.calls.filter((each) => each.startsWith(call))

describe('a run', () => {
  it('is kept, worked on and left as a report', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' }, { runs: [{ exitCode: 1 }] })
    const { id, url } = await startRun(desk.context, { ref, profile: { timeoutMs: 5_000 } })
    expect(url).toBe(`/runs/${id}`)
    const run = await desk.over(id)
    expect(run).toMatchObject({
      state: 'finished',
      verdict: 'failed',
      reportUrl: `/reports/${id}`,
      profile: { timeoutMs: 5_000 },
      jobs: [
        { platform: AMD64, state: 'finished', phase: 'finished', verdict: 'passed', mode: 'native' },
        { platform: POWER, verdict: 'failed', text: 'Ended with exit code 1; expected was 0.' },
      ],
    })
    expect(await getReport(desk.context, id)).toMatchObject({ id, verdict: 'failed', state: 'finished' })
    expect(desk.faults).toEqual([])
  })
  it.each([
    ['a platform that is none', { platforms: ['a/b/c/d'] }, 'platform_invalid'],
    ['an expectation that is none', { profile: { expectOutput: '/(/' } }, 'request_invalid'],
    ['a tag that is not there', { ref: 'registry.test/lab/app:gone' }, 'manifest_unknown'],
    ['a reference that is none', { ref: 'a//b' }, 'reference_invalid'],
  ])('is not begun with %s, and nothing is kept', async (_, request, code) => {
    await using desk = await startDeskWorld()
    desk.world.put({})
    await expect(startRun(desk.context, { ref, ...request })).rejects.toMatchObject({ code })
    expect(await desk.context.store.runs.isEmpty()).toBe(true)
  })
  it('has each job kept before an event says that it is over', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' }, {})
    const { id } = await startRun(desk.context, { ref })
    const seen: (string | undefined)[] = []
    for await (const event of desk.context.desk.live(id)?.follow(undefined, new AbortController().signal) ??
      []) {
      const stored = await desk.context.store.runs.get(id)
      if (event.event === 'job')
        seen.push(stored?.jobs.find((job) => job.platform === event.data.platform)?.job?.verdict)
      if (event.event === 'finished') seen.push(stored?.verdict)
    }
    expect(seen).toEqual(['passed', 'passed', 'passed'])
  })
  it('is listed as it is now, and others are told apart', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ runs: [{}, { hangs: true }] })
    const first = await startRun(desk.context, { ref })
    await desk.over(first.id)
    const { id } = await startRun(desk.context, { ref, profile: { timeoutMs: 60_000 } })
    await desk.inPhase(id, POWER, 'running')
    const list = (query: object) =>
      listRuns(desk.context, { limit: 50, ...query }).then(({ runs }) => runs.map((run) => run.id))
    expect((await listRuns(desk.context, { limit: 1 })).runs[0]).toMatchObject({
      state: 'running',
      jobs: [{ platform: POWER, state: 'running', mode: 'emulated' }],
    })
    const page = await listRuns(desk.context, { limit: 1 })
    expect(await list({ cursor: page.nextCursor })).toEqual([first.id])
    expect(await list({ state: 'active' })).toEqual([id])
    expect(await list({ state: 'over', verdict: 'passed' })).toEqual([first.id])
    expect(await list({ repository: ref })).toEqual([id, first.id])
    expect(await list({ repository: 'nginx' })).toEqual([])
    expect(await list({ digest: page.runs[0]?.digest })).toEqual([id, first.id])
    await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'request_invalid' })
    await expect(list({ digest: 'x' })).rejects.toMatchObject({ code: 'digest_invalid' })
  })
})

describe('cancelled', () => {
  it('a run is over within two seconds, without a verdict, and leaves nothing', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' }, { runs: [{ hangs: true, stdout: 'waiting\n' }] })
    const { id } = await startRun(desk.context, { ref, profile: { timeoutMs: 60_000 } })
    await desk.inPhase(id, POWER, 'running')
    await desk.inPhase(id, AMD64, 'finished')
    const startedMs = performance.now()
    const run = await cancelRun(desk.context, id)
    expect(performance.now() - startedMs).toBeLessThan(10_000)
    expect(run).toMatchObject({ state: 'cancelled', reportUrl: `/reports/${id}` })
    expect(run).not.toHaveProperty('verdict')
    expect(run.jobs.map((job) => job.state)).toEqual(['finished', 'cancelled'])
    expect(run.jobs[1]?.execution).toMatchObject({ mode: 'emulated', output: 'waiting\n' })
    expect(run.jobs[1]?.execution).not.toHaveProperty('exitCode')
    expect(await getReport(desk.context, id)).toMatchObject({ state: 'cancelled' })
    expect(desk.world.engine.containers.size).toBe(0)
    expect(await cancelRun(desk.context, id)).toEqual(await getRun(desk.context, id))
  })
  it('a run whose turn has not come is over at once', async () => {
    await using desk = await startDeskWorld({ bound: 1 })
    desk.world.put({ runs: [{ hangs: true }] })
    const first = await startRun(desk.context, { ref, profile: { timeoutMs: 60_000 } })
    await desk.inPhase(first.id, POWER, 'running')
    const { id } = await startRun(desk.context, { ref })
    expect((await cancelRun(desk.context, id)).state).toBe('cancelled')
    expect((await getRun(desk.context, first.id)).state).toBe('running')
  })
  it('a run that is over stays as it is; one that never was is not found', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({})
    const { id } = await startRun(desk.context, { ref })
    await desk.over(id)
    expect(await cancelRun(desk.context, id)).toMatchObject({ state: 'finished', verdict: 'passed' })
    await expect(cancelRun(desk.context, 'nope')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('stopped in good order', () => {
  it('what was worked on waits, and is done after the next start', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' }, { runs: [{ hangs: true }, {}] })
    const { id } = await startRun(desk.context, { ref, profile: { timeoutMs: 60_000 } })
    await desk.inPhase(id, POWER, 'running')
    await desk.inPhase(id, AMD64, 'finished')
    await desk.context.desk.close()
    expect(desk.world.engine.containers.size).toBe(0)
    expect(await desk.context.store.runs.get(id)).toMatchObject({
      state: 'queued',
      jobs: [
        { state: 'finished', starts: 1 },
        { state: 'queued', starts: 0 },
      ],
    })
    await expect(startRun(desk.context, { ref })).rejects.toMatchObject({ code: 'server_stopping' })

    const next = await desk.restart()
    await next.desk.recover()
    expect(await desk.over(id, next)).toMatchObject({ state: 'finished', verdict: 'passed' })
    expect(calls(desk, 'pull')).toHaveLength(3)
  })
})

describe('taken up after a kill', () => {
  /** A run of two platforms as a killed server left it: `prepare` says how far it had come. */
  async function killed(
    desk: DeskWorld,
    prepare: (id: string) => Promise<void>,
    power: { readonly exitCode?: number } = {},
  ) {
    desk.world.put({ architecture: 'amd64' }, { runs: [power] })
    const { id } = await startRun(desk.context, { ref })
    await desk.over(id)
    const { store } = desk.context
    const done = await store.runs.get(id)
    if (done === undefined) throw new Error('it was kept')
    const again = `${id}-again`
    await store.runs.create({ ...done, id: again })
    desk.world.engine.calls.length = 0
    await prepare(again)
    const next = await desk.restart()
    return { id: again, done, recover: () => next.desk.recover().then(() => desk.over(again, next)), next }
  }
  const now = new Date('2026-06-01T00:00:00Z')

  it('before its first job', async () => {
    await using desk = await startDeskWorld()
    const { recover } = await killed(desk, async () => {})
    expect(await recover()).toMatchObject({ state: 'finished', verdict: 'passed' })
    expect(calls(desk, 'pull')).toHaveLength(2)
  })
  it('between its jobs: what is over stays, what was begun is begun again, by the same digest', async () => {
    await using desk = await startDeskWorld()
    const { id, done, recover, next } = await killed(desk, async (run) => {
      const { store } = desk.context
      const [first] = (await store.runs.list({}, 9)).filter((line) => line.id !== run)
      const amd64 = (await store.runs.get(first?.id ?? ''))?.jobs[0]?.job
      for (const platform of [AMD64, POWER]) await store.runs.beginJob(run, platform, now)
      if (amd64) await store.runs.endJob(run, amd64, now)
      // The tag moves meanwhile.
      desk.world.put({ architecture: 's390x' })
    })
    const run = await recover()
    expect(run).toMatchObject({ state: 'finished', verdict: 'passed', digest: done.digest })
    expect(run.startedAt).toBe(now.toISOString())
    expect(calls(desk, 'pull')).toEqual([`pull ${done.plan.jobs[1]?.digest}`])
    expect((await next.store.runs.get(id))?.jobs.map((job) => job.starts)).toEqual([1, 2])
  })
  it('after its last job, before its report', async () => {
    await using desk = await startDeskWorld()
    const { recover } = await killed(desk, async (run) => {
      const { store } = desk.context
      const [line] = (await store.runs.list({}, 9)).filter((each) => each.id !== run)
      for (const { job } of (await store.runs.get(line?.id ?? ''))?.jobs ?? [])
        if (job) await store.runs.endJob(run, job, now)
    })
    expect(await recover()).toMatchObject({ state: 'finished', verdict: 'passed' })
    expect(desk.world.engine.calls).toEqual([])
  })
  it('a job that was begun three times is closed honestly', async () => {
    await using desk = await startDeskWorld()
    const { recover, id, next } = await killed(desk, async (run) => {
      for (let i = 0; i < 3; i++) await desk.context.store.runs.beginJob(run, POWER, now)
    })
    const run = await recover()
    expect(run).toMatchObject({
      verdict: 'inconclusive',
      jobs: [
        { platform: AMD64, verdict: 'passed' },
        {
          platform: POWER,
          verdict: 'inconclusive',
          digest: expect.stringContaining('sha256:'),
          ending: { reason: 'interrupted', evidence: { starts: 3 } },
          text: 'Was begun 3 times, and each time Archway itself was stopped before it ended.',
        },
      ],
    })
    expect(await getReport(next, id)).toMatchObject({ verdict: 'inconclusive' })
  })
  it('somebody had cancelled it', async () => {
    await using desk = await startDeskWorld()
    const { recover } = await killed(desk, (run) => desk.context.store.runs.askToCancel(run, now))
    expect(await recover()).toMatchObject({
      state: 'cancelled',
      jobs: [{ state: 'cancelled' }, { state: 'cancelled' }],
    })
    expect(desk.world.engine.calls).toEqual([])
  })
  it('the image cannot be read any more: closed honestly, what was over stays', async () => {
    await using desk = await startDeskWorld()
    const { next, id } = await killed(desk, async () => {})
    desk.world.memory.source.gate = async () => {
      throw new AppError('registry_unavailable', 'The registry is gone.')
    }
    const cold = { ...next, openSource: () => desk.world.memory.source as never }
    const { RunDesk } = await import('./run-desk.ts')
    const { InProcessQueue } = await import('#lib/queue/in-process-queue.ts')
    const coldDesk = new RunDesk({ context: cold, queue: new InProcessQueue(1), onFault: () => {} })
    await coldDesk.recover()
    const run = await desk.over(id, { ...cold, desk: coldDesk })
    expect(run.verdict).toBe('inconclusive')
    expect(run.jobs[0]?.text).toBe(
      'Archway was stopped while it waited or ran, and could not take it up again: The registry is gone.',
    )
  })
  it('many runs, oldest first', async () => {
    await using desk = await startDeskWorld({ bound: 1 })
    const { id, done, recover } = await killed(desk, async () => {})
    await desk.context.store.runs.create({ ...done, id: 'later' })
    await recover()
    expect((await getRun(desk.context, id)).verdict).toBe('passed')
  })
})

describe('a fault of Archway’s own', () => {
  it('ends the work and not the run: it is taken up again', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({})
    const { store } = desk.context
    const endJob = store.runs.endJob.bind(store.runs)
    store.runs.endJob = () => Promise.reject(new Error('disk full'))
    const { id } = await startRun(desk.context, { ref })
    while (desk.context.desk.live(id)) await new Promise((resolve) => setImmediate(resolve))
    expect(desk.faults).toMatchObject([{ code: 'internal', cause: { message: 'disk full' } }])
    expect((await getRun(desk.context, id)).state).toBe('running')
    store.runs.endJob = endJob
    const next = await desk.restart()
    await next.desk.recover()
    expect(await desk.over(id, next)).toMatchObject({ verdict: 'passed' })
  })
})
