import { expect, test } from 'vitest'
import type { RunOutcome } from '../run-outcome.ts'
import { judgeProbe } from './judge-probe.ts'

const outcome: RunOutcome = {
  exitCode: 0,
  startFailure: undefined,
  oomKilled: false,
  timedOut: false,
  startedAt: new Date(0),
  durationMs: 5,
  outputTruncated: false,
  outputBytes: 40,
}
const judge = (engine: string, architecture: string, more: Partial<RunOutcome> = {}, says = architecture) =>
  judgeProbe(
    { architecture: engine },
    { os: 'linux', architecture },
    { ...outcome, ...more },
    `Process started.\nRunning on linux/${says}\n`,
  )

test.each([
  ['amd64', 'amd64', 'native'],
  ['amd64', '386', 'native'],
  ['amd64', 'ppc64le', 'emulated'],
  ['ppc64le', 'ppc64le', 'native'],
  ['ppc64le', 'amd64', 'emulated'],
  ['arm64', 'arm', 'native'],
])('on %s, %s is %s', (engine, architecture, mode) => expect(judge(engine, architecture).mode).toBe(mode))

test.each([
  [
    'nothing can start it',
    { exitCode: 127, startFailure: { kind: 'not-found', message: 'x' } },
    /No emulator/,
  ],
  ['the init found no way either', { exitCode: 255, outputBytes: 0 }, /No emulator/],
  ['it never ends', { exitCode: 137, timedOut: true }, /in time/],
  ['it fails', { exitCode: 139 }, /ended with 139/],
] as const)('cannot: %s', (_, more, reason) =>
  expect(judge('amd64', 's390x', more)).toMatchObject({
    mode: 'cannot',
    reason: expect.stringMatching(reason),
  }),
)

test('a sample that says it ran elsewhere proves nothing', () =>
  expect(judge('amd64', 's390x', {}, 'amd64')).toMatchObject({ mode: 'cannot' }))

test('on its own machine an emulator is not what lacks', () => {
  const startFailure = { kind: 'other', message: 'cgroup trouble' } as const
  expect(judge('amd64', 'amd64', { exitCode: undefined, startFailure })).toMatchObject({
    reason: expect.stringContaining('cgroup trouble'),
  })
})
