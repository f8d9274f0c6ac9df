import { expect, test } from 'vitest'
import { ENDING_REASONS } from './ending.ts'
import { reportHeadline } from './headline.ts'
import { eachOf, jobClause } from './job-clause.ts'
import type { Report, ReportJob } from './model.ts'
import {
  absentFixture,
  digestOf,
  endedFixture,
  jobFixture,
  mislabelledFixture,
  reportFixture,
  skippedFixture,
} from './testing/report-fixtures.ts'

const [amd64, arm64, ppc64le, s390x] = ['amd64', 'arm64', 'ppc64le', 's390x'] as const
const passed = (architecture: string) => jobFixture(`linux/${architecture}`)

const cases: readonly (readonly [
  jobs: readonly ReportJob[],
  verdict: Report['verdict'],
  sentence: string,
  more?: Partial<Report>,
])[] = [
  [[passed(amd64)], 'passed', 'linux/amd64 passed, run natively.'],
  [[passed(ppc64le)], 'passed', 'linux/ppc64le passed under emulation.'],
  [[passed(amd64), passed(arm64)], 'passed', 'Both platforms passed, one of them under emulation.'],
  [
    [amd64, arm64, ppc64le, s390x].map(passed),
    'passed',
    'All four platforms passed, three of them under emulation.',
  ],
  [
    [passed(amd64), passed(arm64), mislabelledFixture('linux/ppc64le'), passed(s390x)],
    'failed',
    'Three of four platforms passed, two of them under emulation; linux/ppc64le failed: its entrypoint is an x86-64 binary.',
  ],
  [
    [
      endedFixture('linux/amd64', 'failed', 'signal', { signal: 'SIGSEGV' }),
      endedFixture('linux/ppc64le', 'inconclusive', 'emulator-crash', { signal: 'SIGSEGV' }),
    ],
    'failed',
    'Neither platform passed; linux/amd64 failed: it died of SIGSEGV; linux/ppc64le is inconclusive: it crashed under emulation, which crashes by itself too.',
  ],
  [
    [amd64, ppc64le].map((each) => endedFixture(`linux/${each}`, 'failed', 'exit-code', { exitCode: 1 })),
    'failed',
    'Neither platform passed; linux/amd64 and linux/ppc64le failed: each ended with exit code 1.',
  ],
  [
    [amd64, ppc64le].map((each) => skippedFixture(`linux/${each}`)),
    'skipped',
    'Neither platform asked for passed; linux/amd64 and linux/ppc64le were skipped: each found no engine to run on; linux/arm64 was left out.',
    { leftOut: ['linux/arm64'] },
  ],
  [
    [passed(amd64), absentFixture('linux/riscv64')],
    'failed',
    'One of two platforms passed, run natively; linux/riscv64 failed: it is missing from the image.',
  ],
  [
    [passed(amd64), passed(arm64)],
    'failed',
    'Both platforms passed, one of them under emulation; the image as a whole failed: two platforms are the same image.',
    {
      findings: [
        {
          code: 'META-002',
          severity: 'error',
          evidence: { what: 'config', digest: digestOf('c'), platforms: [] },
        },
      ],
    },
  ],
  [
    [passed(amd64), { ...skippedFixture('linux/arm64'), state: 'cancelled' }],
    undefined,
    'It was cancelled before it was over, so there is no verdict; one of two platforms had finished.',
  ],
  [[], 'skipped', 'Nothing was run: there was no platform to run.'],
  [
    [1, 2, 3, 4].map((each) => endedFixture(`linux/arm/v${each}`, 'failed', 'exit-code', { exitCode: each })),
    'failed',
    'None of the four platforms passed; four failed.',
  ],
]

test.each(
  cases.map(([jobs, verdict, sentence, more]) => ({ sentence, run: reportFixture(jobs, verdict, more) })),
)('$sentence', ({ sentence, run }) => {
  expect(reportHeadline(run)).toBe(sentence)
})

test.each(ENDING_REASONS)('%s can be told of one platform and of several', (reason) => {
  const clause =
    jobClause(jobFixture('linux/amd64', { ending: { verdict: 'failed', reason, evidence: {} } })) ?? ''
  expect(clause).toMatch(/^its? /)
  expect(eachOf(clause)).toMatch(/^(each|in each, the) /)
})

test.each([
  [
    { role: 'interpreter', found: 'PowerPC, 64-bit, little-endian', differsIn: ['machine'] },
    'the interpreter of its entrypoint is a PowerPC binary',
  ],
  [
    { role: 'launched', found: 'S/390, 64-bit, big-endian', differsIn: ['machine'] },
    'what its entrypoint launches is an S/390 binary',
  ],
  [
    { role: 'entrypoint', found: 'PowerPC, 64-bit, big-endian', differsIn: ['byte-order'] },
    'its entrypoint is a big-endian PowerPC binary',
  ],
  [
    { role: 'entrypoint', found: 'x86, 32-bit, little-endian', differsIn: ['bits'] },
    'its entrypoint is a 32-bit x86 binary',
  ],
  [{ format: 'pe' }, 'its entrypoint is a Windows program'],
])('%o is %s', (evidence, clause) => {
  expect(
    jobClause(jobFixture('linux/ppc64le', { findings: [{ code: 'ELF-001', severity: 'error', evidence }] })),
  ).toBe(clause)
})
