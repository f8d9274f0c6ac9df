import type { Report, ReportExecution, ReportJob } from '../model.ts'

const TIME = '2026-06-01T10:20:30.000Z'
const END = '2026-06-01T10:20:42.340Z'

const ELF: Readonly<Record<string, string>> = {
  'linux/amd64': 'x86-64, 64-bit, little-endian',
  'linux/ppc64le': 'PowerPC, 64-bit, little-endian, ELFv2',
}

/** `sha256:` and the same figure 64 times. */
export const digestOf = (figure: string) => `sha256:${figure.repeat(64)}`

/** A report that passed, with changes. */
export function sampleReport(change: Partial<Report> = {}): Report {
  return {
    version: 1,
    id: '5f0c5d8e-9d6c-4ba5-8f10-1a2b3c4d5e6f',
    archway: '0.1.0',
    reference: 'quay.io/org/app:1.2',
    pinned: `quay.io/org/app@${digestOf('a')}`,
    digest: digestOf('a'),
    kind: 'index',
    profile: { expectOutput: 'Running on {platform}' },
    startedAt: TIME,
    finishedAt: END,
    durationMs: 12_340,
    state: 'finished',
    verdict: 'passed',
    leftOut: [],
    findings: [],
    jobs: [sampleJob('linux/amd64', 'b', 'native'), sampleJob('linux/ppc64le', 'c', 'emulated')],
    ...change,
  }
}

/** A job that passed, with changes. */
export function sampleJob(
  platform: string,
  figure: string,
  mode: 'native' | 'emulated',
  change: Partial<ReportJob> = {},
): ReportJob {
  return {
    platform,
    digest: digestOf(figure),
    sizeBytes: 1_234_567,
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
        expected: ELF[platform] ?? 'S/390, 64-bit, big-endian',
        chain: ['/app'],
        programs: [
          {
            path: '/app',
            role: 'entrypoint',
            elf: ELF[platform] ?? 'S/390, 64-bit, big-endian',
            match: 'matches',
          },
        ],
      },
    },
    engine: { kind: 'docker', name: 'build-1', version: '28.5.1', architecture: 'amd64', kernel: '6.12.0' },
    execution: sampleExecution(mode, 'Process started.\n', `Running on ${platform}\n`),
    steps: [
      { name: 'look', startedAt: TIME, durationMs: 40 },
      { name: 'run', startedAt: TIME, durationMs: 1_250 },
    ],
    findings: [],
    ...change,
  }
}

/** An execution that wrote this to standard output, and this to standard error. */
export function sampleExecution(mode: 'native' | 'emulated', stdout: string, stderr = ''): ReportExecution {
  return {
    engine: 'docker 28.5.1 on build-1',
    mode,
    exitCode: 0,
    durationMs: 1_250,
    attempts: 1,
    timedOut: false,
    oomKilled: false,
    output: stdout + stderr,
    outputParts: [
      { stream: 'stdout', length: stdout.length },
      { stream: 'stderr', length: stderr.length },
    ],
    outputTruncated: false,
    outputBytes: stdout.length + stderr.length,
  }
}
