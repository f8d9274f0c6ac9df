import type { Report, ReportJob } from '../model.ts'
import { digestOf, sampleExecution, sampleJob, sampleReport } from './sample-parts.ts'

/** What a run was given and no document may tell. */
export const SECRET = 'hunter2-hunter2'

/** Text that attacks every format at once: markup, ends of blocks, mentions, controls, overrides, half characters. */
export const HOSTILE_TEXT = [
  '</system-out>]]><script>alert(1)</script><img src=x onerror=alert(2)>',
  '| a | b | `c` ``` ```` ~~~~ </details> <!-- -->',
  '[click](javascript:alert(3)) https://evil.example www.evil.example @octocat #1 *b* _i_ ~s~ $x$ &lt;',
  'nul \u0000 esc \u001b[31mred\u001b[0m bell \u0007 c1 \u009b del \u007f bidi \u202ertl\u202c zw \u200b',
  'half \ud800 other \udc00 none \ufffe \uffff line \u2028 para \u2029 emoji 🏗️',
  '"quotes" \'single\' \\ back\r\nslash {{ x }} <%= y %>',
].join('\n')

const failedJob = sampleJob('linux/ppc64le', 'c', 'emulated', {
  verdict: 'failed',
  truths: {
    index: 'linux/ppc64le',
    config: { platform: 'linux/amd64', agrees: false },
    binaries: {
      scope: 'entrypoint',
      match: 'differ',
      outcome: 'found',
      expected: 'PowerPC, 64-bit, little-endian, ELFv2',
      chain: ['/app'],
      programs: [
        { path: '/app', role: 'entrypoint', elf: 'x86-64, 64-bit, little-endian', match: 'differs' },
      ],
    },
  },
  findings: [
    {
      code: 'META-001',
      severity: 'error',
      platform: 'linux/ppc64le',
      evidence: { index: 'linux/ppc64le', config: 'linux/amd64' },
    },
    {
      code: 'ELF-001',
      severity: 'error',
      platform: 'linux/ppc64le',
      evidence: {
        path: '/app',
        role: 'entrypoint',
        found: 'x86-64, 64-bit, little-endian',
        expected: 'PowerPC, 64-bit, little-endian, ELFv2',
      },
    },
    {
      code: 'COV-005',
      severity: 'warning',
      platform: 'linux/ppc64le',
      evidence: { reason: 'duplicate', digests: [digestOf('c'), digestOf('d')] },
    },
  ],
})

const ended = (
  verdict: 'failed' | 'inconclusive' | 'skipped',
  reason: NonNullable<ReportJob['ending']>['reason'],
  evidence: Record<string, string | number> = {},
) => ({ verdict, ending: { verdict, reason, evidence } })

const native = sampleJob('linux/amd64', 'b', 'native')
const { execution: _, engine: __, ...unrun } = sampleJob('linux/s390x', 'd', 'emulated')
const { digest: ___, ...missing } = unrun
const { ending: ____, verdict: _____, ...cancelled } = unrun
const { verdict: ______, ...withoutVerdict } = sampleReport()

/** One report of every kind that documents have to tell truly. */
export const SAMPLE_REPORTS = {
  passed: sampleReport(),
  failed: sampleReport({
    verdict: 'failed',
    findings: [
      {
        code: 'META-002',
        severity: 'error',
        evidence: { what: 'config', digest: digestOf('e'), platforms: ['linux/amd64', 'linux/ppc64le'] },
      },
    ],
    jobs: [native, failedJob],
  }),
  inconclusive: sampleReport({
    verdict: 'inconclusive',
    jobs: [
      native,
      sampleJob('linux/ppc64le', 'c', 'emulated', {
        ...ended('inconclusive', 'emulator-crash', { signal: 'SIGSEGV', exitCode: 139 }),
        execution: {
          ...sampleExecution('emulated', '', 'qemu: uncaught target signal 11\n'),
          exitCode: 139,
          attempts: 3,
        },
      }),
    ],
  }),
  skipped: sampleReport({
    verdict: 'skipped',
    jobs: [
      native,
      {
        ...unrun,
        truths: {},
        steps: [],
        ...ended('skipped', 'not-offered', { message: 'No emulator for s390x.' }),
      },
    ],
  }),
  cancelled: {
    ...withoutVerdict,
    state: 'cancelled',
    jobs: [native, { ...cancelled, state: 'cancelled', truths: {} }],
  },
  missing: sampleReport({
    verdict: 'failed',
    jobs: [
      native,
      {
        ...missing,
        truths: {},
        steps: [],
        ...ended('failed', 'not-in-index'),
        findings: [
          {
            code: 'COV-001',
            severity: 'error',
            platform: 'linux/s390x',
            evidence: { present: ['linux/amd64'] },
          },
        ],
      },
    ],
  }),
  leftOut: sampleReport({
    leftOut: ['linux/s390x'],
    findings: [
      {
        code: 'META-001',
        severity: 'error',
        platform: 'linux/s390x',
        evidence: { index: 'linux/s390x', config: 'linux/amd64' },
      },
    ],
  }),
  unjudged: sampleReport({
    checked: ['META-003', 'PKG-002'],
    unjudged: [
      { codes: ['PKG-002'], platforms: ['linux/ppc64le'], reason: 'packages-not-read', what: 'rpm' },
    ],
    jobs: [
      native,
      sampleJob('linux/ppc64le', 'c', 'emulated', {
        checked: ['ELF-001'],
        unjudged: [
          {
            codes: ['ELF-002', 'ELF-004'],
            platforms: ['linux/ppc64le'],
            reason: 'layer-not-read',
            what: `<b>it</b> is ${SECRET}`,
          },
        ],
      }),
    ],
    profile: { env: { TOKEN: SECRET } },
  }),
  nothing: sampleReport({ verdict: 'skipped', jobs: [] }),
  image: sampleReport({ kind: 'image', jobs: [sampleJob('linux/amd64', 'a', 'native')] }),
  secret: sampleReport({
    verdict: 'failed',
    profile: { env: { TOKEN: SECRET, PATH: '/bin' }, command: ['--token', SECRET] },
    jobs: [
      sampleJob('linux/ppc64le', 'c', 'emulated', {
        ...ended('failed', 'exit-code', { exitCode: 1, expectedExitCode: 0 }),
        execution: sampleExecution('emulated', `token ${SECRET}\n`, `bad ${SECRET}`),
        findings: [
          { code: 'RUN-001', severity: 'error', evidence: { reason: 'cpu-baseline', message: SECRET } },
        ],
      }),
    ],
  }),
  hostile: sampleReport({
    verdict: 'failed',
    reference: `quay.io/org/app:${HOSTILE_TEXT}`,
    profile: { command: [HOSTILE_TEXT], expectOutput: HOSTILE_TEXT },
    jobs: [
      sampleJob('linux/ppc64le', 'c', 'emulated', {
        ...ended('failed', 'output', { expected: HOSTILE_TEXT }),
        truths: {
          index: HOSTILE_TEXT,
          config: { platform: HOSTILE_TEXT, agrees: false },
          binaries: {
            scope: 'entrypoint',
            match: 'unknown',
            outcome: 'not-found',
            chain: [HOSTILE_TEXT],
            programs: [{ path: HOSTILE_TEXT, role: 'entrypoint', elf: HOSTILE_TEXT, match: 'unknown' }],
          },
        },
        engine: {
          kind: 'docker',
          name: HOSTILE_TEXT,
          version: HOSTILE_TEXT,
          architecture: 'amd64',
          kernel: HOSTILE_TEXT,
        },
        execution: { ...sampleExecution('emulated', HOSTILE_TEXT, HOSTILE_TEXT), engine: HOSTILE_TEXT },
        findings: [
          {
            code: 'META-001',
            severity: 'error',
            platform: 'linux/ppc64le',
            evidence: { index: HOSTILE_TEXT, config: HOSTILE_TEXT },
          },
          {
            code: 'ELF-001',
            severity: 'error',
            platform: 'linux/ppc64le',
            evidence: { path: HOSTILE_TEXT, found: HOSTILE_TEXT, expected: 'x' },
          },
        ],
      }),
    ],
  }),
  flood: sampleReport({
    verdict: 'failed',
    jobs: ['amd64', 'arm64', 'ppc64le', 's390x'].map((architecture, at) =>
      sampleJob(`linux/${architecture}`, String(at), 'emulated', {
        ...ended('failed', 'exit-code', { exitCode: 1, expectedExitCode: 0 }),
        execution: {
          ...sampleExecution('emulated', `${'x'.repeat(80)}\n`.repeat(12_000), '🏗'.repeat(30_000)),
          outputTruncated: true,
        },
        findings: [
          {
            code: 'RUN-001',
            severity: 'error',
            evidence: { reason: 'exit-code', exitCode: 1, expectedExitCode: 0 },
          },
        ],
      }),
    ),
  }),
} as const satisfies Record<string, Report>

/** The name of a sample. */
export type SampleName = keyof typeof SAMPLE_REPORTS

/** The names of all samples. */
export const SAMPLE_NAMES = Object.keys(SAMPLE_REPORTS) as readonly SampleName[]
