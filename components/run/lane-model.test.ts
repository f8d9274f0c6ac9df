import { describe, expect, test } from 'vitest'
import { lanes } from './lane-model.ts'
import { jobFixture, passedJobFixture } from './run-fixtures.ts'

const laneOf = (...jobs: Parameters<typeof lanes>[0]) => {
  const [lane] = lanes(jobs)
  if (!lane) throw new Error('no lane')
  return lane
}

describe('the lanes of a run', () => {
  test('stand in the fixed order, whatever finishes first', () => {
    const jobs = ['linux/s390x', 'linux/riscv64', 'linux/amd64', 'linux/ppc64le'].map((each) =>
      jobFixture(each),
    )
    expect(lanes(jobs).map(({ platform }) => platform)).toEqual([
      'linux/amd64',
      'linux/ppc64le',
      'linux/s390x',
      'linux/riscv64',
    ])
  })

  test('one that waits does not move', () => {
    const lane = laneOf(jobFixture('linux/amd64'))
    expect(lane.mark).toEqual({ kind: 'activity', word: 'Queued', isMoving: false })
    expect(lane.phases.map(({ state }) => state)).toEqual(['next', 'next', 'next', 'next'])
    expect(lane.time).toBeUndefined()
  })

  test('one that pulls tells its bytes', () => {
    const lane = laneOf(
      jobFixture('linux/s390x', {
        state: 'pulling',
        phase: 'pulling',
        startedAt: '2026-11-24T00:00:01.000Z',
        mode: 'emulated',
        engineLabel: 'docker 28.5 on build-1',
        progress: { phase: 'downloading', doneBytes: 41_900_000, totalBytes: 68_000_000 },
      }),
    )
    expect(lane.progress).toEqual({ share: 41.9 / 68, text: '41.9 MB of 68.0 MB' })
    expect(lane.where).toBe('emulated · docker 28.5 on build-1')
    expect(lane.time).toEqual({ kind: 'since', at: '2026-11-24T00:00:01.000Z' })
  })

  test.each([
    [{ phase: 'downloading', doneBytes: 0, totalBytes: 0 } as const, { text: 'Asking the registry' }],
    [{ phase: 'extracting', doneBytes: 0, totalBytes: 0 } as const, { text: 'Unpacking' }],
    [
      { phase: 'downloading', doneBytes: 2_000, totalBytes: 1_000 } as const,
      { share: 1, text: '2.0 kB of 1.0 kB' },
    ],
  ])('progress %o', (progress, expected) => {
    expect(
      laneOf(jobFixture('linux/amd64', { state: 'pulling', phase: 'pulling', progress })).progress,
    ).toEqual(expected)
  })

  test('one that runs shows what it wrote so far, and no bytes', () => {
    const tail = [{ stream: 'stdout' as const, text: 'Process started.\n' }]
    const lane = laneOf(
      jobFixture('linux/ppc64le', {
        state: 'running',
        phase: 'running',
        tail,
        attempt: 2,
        progress: { phase: 'downloading', doneBytes: 1, totalBytes: 1 },
      }),
    )
    expect(lane).toMatchObject({ output: tail, isWriting: true })
    expect(lane.progress).toBeUndefined()
    expect(lane.marks).toEqual(['attempt 2: the emulator crashed before'])
    expect(lane.phases.map(({ state }) => state)).toEqual(['done', 'done', 'now', 'next'])
  })

  test('one that is over has its verdict, what it took, and all its output', () => {
    const lane = laneOf(passedJobFixture('linux/ppc64le', 'emulated'))
    expect(lane).toMatchObject({
      mark: { kind: 'verdict', verdict: 'passed' },
      where: 'emulated · docker 20.10.24 on build-1',
      phases: [],
      steps: ['pulled 68.0 MB in 1.2 s', 'created in 90 ms', 'ran in 0.4 s'],
      output: [{ stream: 'stdout', text: 'Process started.\nRunning on linux/ppc64le\n' }],
      exitCode: 0,
      isWriting: false,
      time: { kind: 'took', durationMs: 2_000 },
    })
  })

  test('one that was cancelled has no verdict', () => {
    const lane = laneOf(jobFixture('linux/amd64', { state: 'cancelled', phase: 'cancelled' }))
    expect(lane.mark).toEqual({ kind: 'cancelled' })
    expect(lane.time).toBeUndefined()
  })
})
