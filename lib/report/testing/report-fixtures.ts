import { type Ending, ending } from '../ending.ts'
import type { Report, ReportExecution, ReportJob } from '../model.ts'

const TIME = '2026-11-24T03:11:33.000Z'
const MACHINES: Readonly<Record<string, string>> = {
  amd64: 'x86-64, 64-bit, little-endian',
  arm64: 'AArch64, 64-bit, little-endian',
  ppc64le: 'PowerPC, 64-bit, little-endian',
  s390x: 'S/390, 64-bit, big-endian',
}

/** A digest made of one repeated character, for tests. */
export const digestOf = (character: string) => `sha256:${character.repeat(64)}`

/** What a program wrote, part by part, for tests. */
export function executionFixture(
  parts: readonly (readonly [stream: 'stdout' | 'stderr', text: string])[],
  execution: Partial<ReportExecution> = {},
): ReportExecution {
  const output = parts.map(([, text]) => text).join('')
  return {
    engine: 'docker 20.10.24 on build-1',
    mode: 'emulated',
    exitCode: 0,
    durationMs: 752,
    attempts: 1,
    timedOut: false,
    oomKilled: false,
    output,
    outputParts: parts.map(([stream, text]) => ({ stream, length: text.length })),
    outputTruncated: false,
    outputBytes: output.length,
    ...execution,
  }
}

/** A job that passed, on an amd64 machine, for tests. */
export function jobFixture(platform: string, job: Partial<ReportJob> = {}): ReportJob {
  const architecture = platform.split('/')[1] ?? ''
  const elf = MACHINES[architecture] ?? 'RISC-V, 64-bit, little-endian'
  const startedAt = (ms: number) => new Date(Date.parse(TIME) + ms).toISOString()
  return {
    platform,
    digest: digestOf('b'),
    sizeBytes: 1_218,
    state: 'finished',
    verdict: 'passed',
    ending: { verdict: 'passed', reason: 'as-expected', evidence: { exitCode: 0 } },
    truths: {
      index: platform,
      config: { platform, agrees: true },
      engine: { platform, agrees: true },
      binaries: {
        scope: 'entrypoint',
        match: 'match',
        outcome: 'found',
        expected: elf,
        chain: ['/app'],
        programs: [{ path: '/app', role: 'entrypoint', elf, match: 'matches' }],
      },
    },
    engine: {
      kind: 'docker',
      name: 'build-1',
      version: '20.10.24',
      architecture: 'amd64',
      kernel: '6.1.0-30-amd64',
    },
    execution: executionFixture([['stdout', `Process started.\nRunning on ${platform}\n`]], {
      mode: architecture === 'amd64' ? 'native' : 'emulated',
    }),
    steps: [
      { name: 'pull', startedAt: startedAt(0), durationMs: 70, bytes: 1_218 },
      { name: 'create', startedAt: startedAt(80), durationMs: 108 },
      { name: 'look', startedAt: startedAt(190), durationMs: 298 },
      { name: 'run', startedAt: startedAt(490), durationMs: 827 },
      { name: 'remove', startedAt: startedAt(1_320), durationMs: 40 },
    ],
    findings: [],
    ...job,
  }
}

/** A job that ended otherwise than it should, for tests; RUN-001 tells it when the image is at fault. */
export function endedFixture(
  platform: string,
  verdict: Ending['verdict'],
  reason: Ending['reason'],
  evidence: Ending['evidence'] = {},
  job: Partial<ReportJob> = {},
): ReportJob {
  return jobFixture(platform, {
    verdict,
    ending: { ...ending(verdict, reason, evidence), evidence: { ...evidence } },
    findings:
      verdict === 'failed'
        ? [{ code: 'RUN-001', severity: 'error', platform, evidence: { reason, ...evidence } }]
        : [],
    ...job,
  })
}

/** A job whose image holds the amd64 binary under another label: it ran, and failed all the same. For tests. */
export function mislabelledFixture(platform: string): ReportJob {
  const passed = jobFixture(platform)
  const found = MACHINES.amd64 ?? ''
  const expected = passed.truths.binaries?.expected ?? ''
  const evidence = { path: '/behave', role: 'entrypoint', found, expected, differsIn: ['machine'] }
  return {
    ...passed,
    verdict: 'failed',
    truths: {
      ...passed.truths,
      binaries: {
        scope: 'entrypoint',
        match: 'differ',
        outcome: 'found',
        expected,
        chain: ['/behave'],
        programs: [{ path: '/behave', role: 'entrypoint', elf: found, match: 'differs' }],
      },
    },
    execution: executionFixture(
      [
        ['stderr', 'err 1\n'],
        ['stdout', 'out 1\n'],
      ],
      { mode: 'native' },
    ),
    findings: [{ code: 'ELF-001', severity: 'error', platform, evidence }],
  }
}

/** A job that had no engine, for tests. */
export function skippedFixture(platform: string): ReportJob {
  const {
    engine: _,
    execution: __,
    ...job
  } = endedFixture(platform, 'skipped', 'no-engine', { message: 'no socket is there.' })
  return { ...job, truths: { index: platform, config: { platform, agrees: true } }, steps: [] }
}

/** A job for a platform that the image does not have, for tests. */
export function absentFixture(platform: string): ReportJob {
  return {
    platform,
    state: 'finished',
    verdict: 'failed',
    ending: { verdict: 'failed', reason: 'not-in-index', evidence: {} },
    truths: {},
    steps: [],
    findings: [{ code: 'COV-001', severity: 'error', platform, evidence: { present: ['linux/amd64'] } }],
  }
}

/** A finished run of these jobs, for tests. */
export function reportFixture(
  jobs: readonly ReportJob[],
  verdict: Report['verdict'],
  report: Partial<Report> = {},
): Report {
  const base: Report = {
    version: 1,
    id: 'f18b3a00-234f-4666-8280-27a77ed5bc9e',
    archway: '0.1.0',
    reference: 'quay.io/power/app:1.27.0',
    pinned: `quay.io/power/app@${digestOf('a')}`,
    digest: digestOf('a'),
    kind: 'index',
    profile: {},
    startedAt: TIME,
    finishedAt: '2026-11-24T03:11:35.000Z',
    durationMs: 1_660,
    state: verdict === undefined ? 'cancelled' : 'finished',
    leftOut: [],
    findings: [],
    jobs: [...jobs],
  }
  return { ...base, ...(verdict ? { verdict } : {}), ...report }
}
