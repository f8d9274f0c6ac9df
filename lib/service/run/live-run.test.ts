import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { applyRunEvent } from '#lib/api/apply-run-event.ts'
import { type RunDto, runEventDto } from '#lib/api/runs.ts'
import type { ReportJob } from '#lib/report/model.ts'
import { type IdentifiedRunEvent, LiveRun } from './live-run.ts'

const AT = '2026-06-01T00:00:00.000Z'
const platform = 'linux/ppc64le'
const start: RunDto = {
  id: 'r1',
  reference: 'registry.test/lab/app:latest',
  pinned: 'registry.test/lab/app@sha256:1',
  digest: 'sha256:1',
  kind: 'index',
  state: 'queued',
  profile: {},
  removeImages: false,
  createdAt: AT,
  leftOut: [],
  findings: [],
  jobs: [{ platform, state: 'queued', phase: 'queued', findings: [] }],
}
const over: RunDto = { ...start, state: 'finished', verdict: 'passed', reportUrl: '/reports/r1' }
const job: ReportJob = { platform, state: 'finished', verdict: 'passed', truths: {}, steps: [], findings: [] }
const output = (text: string) => ({ type: 'output', platform, stream: 'stdout', text }) as const
const phase = (name: 'pulling' | 'preparing' | 'running') =>
  ({ type: 'phase', platform, phase: name }) as const
const progress = (doneBytes: number) =>
  ({ type: 'progress', platform, phase: 'downloading', doneBytes, totalBytes: 100 }) as const

let live: LiveRun
beforeEach(() => {
  vi.useFakeTimers()
  live = new LiveRun(start, () => new Date(AT))
})
afterEach(() => void vi.useRealTimers())

/** A reader that takes what there is. */
function follow(lastEventId?: string) {
  const left = new AbortController()
  const events: IdentifiedRunEvent[] = []
  const done = (async () => {
    for await (const event of live.follow(lastEventId, left.signal)) events.push(event)
  })()
  return {
    events,
    done,
    leave: () => left.abort(),
    names: () => events.map((event) => event.event).join(' '),
    settled: () => vi.advanceTimersByTimeAsync(0),
  }
}

describe('a reader', () => {
  it('gets a snapshot, then what happens, to the end; all of it fits the contract', async () => {
    const reader = follow()
    await reader.settled()
    live.take(phase('pulling'))
    live.take(phase('running'))
    live.take(output('hello'))
    live.take({ type: 'job', job })
    live.finish(over)
    await reader.done
    expect(reader.names()).toBe('snapshot phase phase output job finished')
    for (const event of reader.events) expect(() => runEventDto.parse(event)).not.toThrow()
    expect(new Set(reader.events.map((event) => event.id)).size).toBe(6)
  })
  it('that comes back misses nothing and gets nothing twice', async () => {
    const first = follow()
    live.take(phase('pulling'))
    await first.settled()
    first.leave()
    live.take(phase('running'))
    const second = follow(first.events.at(-1)?.id)
    await second.settled()
    expect(second.names()).toBe('phase')
    expect(second.events[0]?.data).toMatchObject({ phase: 'running' })
    second.leave()
  })
  it.each(['x', 'over-2', '', '-1', 'abcdefgh-7'])('that saw “%s” last gets a snapshot', async (id) => {
    live.take(phase('pulling'))
    const reader = follow(id)
    await reader.settled()
    expect(reader.names()).toBe('snapshot')
    reader.leave()
    await reader.done
  })
  it('that comes when all is over gets the end as well', async () => {
    live.finish(over)
    const reader = follow()
    await reader.done
    expect(reader.names()).toBe('snapshot finished')
  })
  it('ends without an end when work stops, to come back later', async () => {
    const reader = follow()
    await reader.settled()
    live.end()
    await reader.done
    expect(reader.names()).toBe('snapshot')
  })
  it('that is too slow skips to a new snapshot, and holds the same run', async () => {
    const events = live.follow(undefined, new AbortController().signal)
    const first = await events.next()
    let run = (first.value as { data: RunDto }).data
    for (let i = 0; i < 5_000; i++) live.take(phase(i % 2 ? 'running' : 'preparing'))
    live.take(output('at last'))
    const { value } = await events.next()
    expect(value).toMatchObject({ event: 'snapshot' })
    run = applyRunEvent(run, value as IdentifiedRunEvent)
    expect(run).toEqual(live.run)
    expect(run.jobs[0]?.tail).toEqual([{ stream: 'stdout', text: 'at last' }])
    await events.return(undefined)
  })
})

describe('what happens often', () => {
  it('goes out together: output a dozen times a second', async () => {
    const reader = follow()
    await reader.settled()
    for (let i = 0; i < 100; i++) {
      live.take(output('x'))
      await vi.advanceTimersByTimeAsync(10)
    }
    await vi.advanceTimersByTimeAsync(100)
    const outputs = reader.events.filter((event) => event.event === 'output')
    expect(outputs.length).toBeLessThanOrEqual(14)
    expect(live.run.jobs[0]?.tail).toEqual([{ stream: 'stdout', text: 'x'.repeat(100) }])
    reader.leave()
  })
  it('and progress four times, the last of it always', async () => {
    const reader = follow()
    await reader.settled()
    live.take(phase('pulling'))
    for (let i = 1; i <= 100; i++) {
      live.take(progress(i))
      await vi.advanceTimersByTimeAsync(10)
    }
    await vi.advanceTimersByTimeAsync(400)
    const told = reader.events.filter((event) => event.event === 'progress')
    expect(told.length).toBeLessThanOrEqual(6)
    expect(told.at(-1)?.data).toMatchObject({ doneBytes: 100 })
    reader.leave()
  })
  it('a flood keeps its end, in bounded memory', async () => {
    const reader = follow()
    await reader.settled()
    for (let i = 0; i < 200; i++) {
      live.take(output('y'.repeat(65_536)))
      await vi.advanceTimersByTimeAsync(80)
    }
    const longest = Math.max(
      ...reader.events.map((event) => (event.event === 'output' ? JSON.stringify(event.data).length : 0)),
    )
    expect(longest).toBeLessThan(17_000)
    reader.leave()
  })
  it('and nothing of it is told after its phase is over', async () => {
    const reader = follow()
    await reader.settled()
    live.take(phase('pulling'))
    live.take(progress(1))
    live.take(phase('preparing'))
    live.take(output('before'))
    live.take({ type: 'job', job })
    await vi.advanceTimersByTimeAsync(500)
    expect(reader.names()).toBe('snapshot phase phase output job')
    expect(live.run.jobs[0]).not.toHaveProperty('progress')
    reader.leave()
  })
})

describe('what a job wrote', () => {
  const written = () => live.written(platform)
  it('is kept whole, also where readers get its end alone', () => {
    expect(written()).toBeUndefined()
    live.take(phase('running'))
    for (let at = 0; at < 3; at++) live.take(output('x'.repeat(20_000)))
    live.take({ type: 'output', platform, stream: 'stderr', text: 'no' })
    expect(live.run.jobs[0]?.tail?.map(({ text }) => text.length)).toEqual([16_382, 2])
    expect(written()?.sizeBytes).toBe(60_002)
    expect(written()?.after(undefined)).toEqual({
      continues: false,
      parts: [
        { stream: 'stdout', text: 'x'.repeat(60_000) },
        { stream: 'stderr', text: 'no' },
      ],
    })
    const cursor = written()?.cursor
    expect(written()?.after(cursor)).toEqual({ continues: true, parts: [] })
    live.take(output('new'))
    expect(written()?.after(cursor)).toEqual({ continues: true, parts: [{ stream: 'stdout', text: 'new' }] })
    for (const wrong of ['', 'x', '-1', `${cursor?.split('-')[0]}-x`])
      expect(written()?.after(wrong)).toEqual(written()?.after(undefined))
  })
  it('begins anew with another attempt, and is the report’s once the job is over', () => {
    live.take(output('first'))
    const cursor = written()?.cursor
    live.take({ ...phase('preparing'), attempt: 2 })
    expect(written()).toBeUndefined()
    live.take(output('second'))
    live.take({ ...phase('running'), attempt: 2 })
    expect(written()?.after(cursor)).toEqual({
      continues: false,
      parts: [{ stream: 'stdout', text: 'second' }],
    })
    live.take({ type: 'job', job })
    expect(written()).toBeUndefined()
  })
})
