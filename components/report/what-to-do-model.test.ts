import { expect, test } from 'vitest'
import { CHECK_INFO } from '#lib/checks/info.ts'
import type { ReportJob } from '#lib/report/model.ts'
import {
  endedFixture,
  jobFixture,
  mislabelledFixture,
  reportFixture,
} from '#lib/report/testing/report-fixtures.ts'
import { wireFixture } from './testing/wire-fixture.ts'
import { adviceOf } from './what-to-do-model.ts'

const POWER = 'linux/ppc64le'
const advice = (...jobs: readonly ReportJob[]) => adviceOf(wireFixture(reportFixture(jobs, 'failed')))

test('a binary of another architecture: what, whose fault, and where it usually comes from', () => {
  expect(advice(jobFixture('linux/amd64'), mislabelledFixture(POWER))).toEqual([
    {
      verdict: 'failed',
      platforms: [POWER],
      what: expect.stringContaining('/behave is ELF x86-64'),
      fault: 'the image',
      fix: CHECK_INFO['ELF-001'].fix,
    },
  ])
})

test.each([
  ['missing-loader', 'failed', { path: '/app', interpreter: '/lib64/ld64.so.2' }, /Link statically/],
  ['not-in-index', 'failed', {}, /Build this platform/],
  ['pull-failed', 'inconclusive', { message: 'gone' }, /registry answers/],
  ['emulator-crash', 'inconclusive', { signal: 'SIGSEGV' }, /machine of this architecture/],
] as const)('%s', (reason, verdict, evidence, fix) => {
  expect(advice(endedFixture(POWER, verdict, reason, evidence))).toMatchObject([
    { verdict, fix: expect.stringMatching(fix) },
  ])
})

test('the same cause on several platforms is one; what failed comes first', () => {
  const crash = (platform: string) =>
    endedFixture(platform, 'inconclusive', 'emulator-crash', { signal: 'SIGSEGV' })
  const told = advice(crash('linux/arm64'), mislabelledFixture(POWER), crash('linux/s390x'))
  expect(told.map(({ platforms }) => platforms)).toEqual([[POWER], ['linux/arm64', 'linux/s390x']])
})
