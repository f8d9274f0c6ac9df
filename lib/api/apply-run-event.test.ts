import { describe, expect, it } from 'vitest'
import { applyRunEvent } from './apply-run-event.ts'
import type { RunDto, RunEventDto } from './runs.ts'

const AT = '2026-06-01T00:00:00.000Z'
const run: RunDto = {
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
  jobs: ['linux/amd64', 'linux/ppc64le'].map((platform) => ({
    platform,
    state: 'queued' as const,
    phase: 'queued' as const,
    findings: [],
  })),
}
const runAfter = (...events: RunEventDto[]) => events.reduce(applyRunEvent, run)
const power = (changed: RunDto) => changed.jobs[1]
const platform = 'linux/ppc64le'
const pulling: RunEventDto = {
  event: 'phase',
  data: {
    platform,
    state: 'pulling',
    phase: 'pulling',
    startedAt: AT,
    engineLabel: 'docker 20 on a',
    mode: 'emulated',
  },
}
const progress: RunEventDto = {
  event: 'progress',
  data: { platform, phase: 'downloading', doneBytes: 5, totalBytes: 10 },
}
const output = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): RunEventDto => ({
  event: 'output',
  data: { platform, parts: [{ stream, text }] },
})
const running = (attempt?: number): RunEventDto => ({
  event: 'phase',
  data: { platform, state: 'running', phase: 'preparing', ...(attempt ? { attempt } : {}) },
})

describe('a run after an event', () => {
  it('has begun with its first job, and the other jobs wait', () => {
    const changed = runAfter(pulling)
    expect(changed).toMatchObject({ state: 'running', startedAt: AT })
    expect(power(changed)).toMatchObject({
      state: 'pulling',
      mode: 'emulated',
      engineLabel: 'docker 20 on a',
    })
    expect(changed.jobs[0]).toEqual(run.jobs[0])
  })
  it('tells bytes while it pulls, and no longer', () => {
    expect(power(runAfter(pulling, progress))?.progress).toEqual({
      phase: 'downloading',
      doneBytes: 5,
      totalBytes: 10,
    })
    expect(power(runAfter(pulling, progress, running()))).not.toHaveProperty('progress')
  })
  it('keeps what a phase does not say', () =>
    expect(power(runAfter(pulling, running()))).toMatchObject({
      mode: 'emulated',
      startedAt: AT,
      phase: 'preparing',
    }))
  it('joins output of one stream and keeps the order of two', () =>
    expect(power(runAfter(output('a'), output('b'), output('c', 'stderr'), output('d')))?.tail).toEqual([
      { stream: 'stdout', text: 'ab' },
      { stream: 'stderr', text: 'c' },
      { stream: 'stdout', text: 'd' },
    ]))
  it('keeps the last 16 KiB of output', () => {
    const tail = power(runAfter(output('x'.repeat(20_000), 'stderr'), output('end')))?.tail
    expect(tail?.reduce((sum, part) => sum + part.text.length, 0)).toBe(16_384)
    expect(tail?.at(-1)?.text).toBe('end')
  })
  it('begins its output anew with a new attempt', () => {
    expect(power(runAfter(output('a'), running(2)))).not.toHaveProperty('tail')
    expect(power(runAfter(running(2), output('b'), running(2)))?.tail).toEqual([
      { stream: 'stdout', text: 'b' },
    ])
  })
  it('has the whole job once it is over', () => {
    const job = { platform, state: 'finished', phase: 'finished', verdict: 'passed', findings: [] } as const
    expect(power(runAfter(pulling, output('a'), { event: 'job', data: { ...job, findings: [] } }))).toEqual(
      job,
    )
  })
  it('is what a snapshot or the end says', () => {
    const other: RunDto = { ...run, state: 'finished', verdict: 'passed' }
    expect(runAfter(pulling, { event: 'finished', data: other })).toBe(other)
    expect(runAfter({ event: 'snapshot', data: other })).toBe(other)
  })
  it('is the same after an event for a platform it does not have', () =>
    expect(runAfter({ event: 'output', data: { platform: 'linux/s390x', parts: [] } })).toEqual(run))
})
