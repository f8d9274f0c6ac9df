import type { RunDto, RunJobDto } from '#lib/api/runs.ts'

const digestOf = (character: string) => `sha256:${character.repeat(64)}`

/** A job that waits, for tests. */
export function jobFixture(platform: string, job: Partial<RunJobDto> = {}): RunJobDto {
  return {
    platform,
    digest: digestOf(platform.charAt(6)),
    sizeBytes: 68_000_000,
    state: 'queued',
    phase: 'queued',
    findings: [],
    ...job,
  }
}

/** A job that ran to its end as it should, for tests. */
export function passedJobFixture(
  platform: string,
  mode: 'native' | 'emulated',
  job: Partial<RunJobDto> = {},
): RunJobDto {
  const output = `Process started.\nRunning on ${platform}\n`
  return jobFixture(platform, {
    state: 'finished',
    phase: 'finished',
    verdict: 'passed',
    mode,
    engineLabel: 'docker 20.10.24 on build-1',
    startedAt: '2026-11-24T00:00:01.000Z',
    finishedAt: '2026-11-24T00:00:03.000Z',
    text: 'Ran to its end with exit code 0, as expected.',
    execution: {
      engine: 'docker 20.10.24 on build-1',
      mode,
      exitCode: 0,
      durationMs: 400,
      attempts: 1,
      timedOut: false,
      oomKilled: false,
      output,
      outputParts: [{ stream: 'stdout', length: output.length }],
      outputTruncated: false,
      outputBytes: output.length,
    },
    steps: [
      { name: 'pull', startedAt: '2026-11-24T00:00:01.000Z', durationMs: 1_200, bytes: 68_000_000 },
      { name: 'create', startedAt: '2026-11-24T00:00:02.200Z', durationMs: 90 },
      { name: 'run', startedAt: '2026-11-24T00:00:02.400Z', durationMs: 400 },
    ],
    ...job,
  })
}

/** A run of these jobs that goes on, for tests. */
export function runFixture(jobs: readonly RunJobDto[], run: Partial<RunDto> = {}): RunDto {
  return {
    id: 'run-1',
    reference: 'quay.io/power/app:1.0',
    pinned: `quay.io/power/app@${digestOf('0')}`,
    digest: digestOf('0'),
    kind: 'index',
    state: 'running',
    profile: {},
    removeImages: false,
    createdAt: '2026-11-24T00:00:00.000Z',
    startedAt: '2026-11-24T00:00:00.500Z',
    leftOut: [],
    findings: [],
    jobs: [...jobs],
    ...run,
  }
}
