import { expect, test } from 'vitest'
import { compareReports } from './compare-reports.ts'
import type { Report, ReportJob } from './model.ts'
import {
  absentFixture,
  endedFixture,
  jobFixture,
  mislabelledFixture,
  reportFixture,
  skippedFixture,
} from './testing/report-fixtures.ts'

const AMD = 'linux/amd64'
const ARM = 'linux/arm64'
const POWER = 'linux/ppc64le'
const Z = 'linux/s390x'
const jobs = (...platforms: readonly string[]) => platforms.map((platform) => jobFixture(platform))
const crashed = (platform: string) => endedFixture(platform, 'failed', 'exit-code', { exitCode: 3 })
const warned = { code: 'META-005', severity: 'warning', platform: POWER, evidence: {} } as const

test.each<readonly [readonly ReportJob[], readonly ReportJob[], Partial<Report>, string]>([
  [[mislabelledFixture(POWER)], jobs(POWER), {}, 'linux/ppc64le now passes under emulation.'],
  [jobs(AMD), [crashed(AMD)], {}, 'linux/amd64 now fails: it ended with exit code 3.'],
  [
    jobs(POWER),
    [mislabelledFixture(POWER)],
    {},
    'linux/ppc64le now fails: its entrypoint is an x86-64 binary.',
  ],
  [jobs(POWER), [absentFixture(POWER)], {}, 'linux/ppc64le now fails: it is missing from the image.'],
  [jobs(POWER), [skippedFixture(POWER)], {}, 'linux/ppc64le was skipped now: it found no engine to run on.'],
  [jobs(AMD, POWER), jobs(AMD), {}, 'linux/ppc64le is gone.'],
  [jobs(AMD, POWER), jobs(AMD), { leftOut: [POWER] }, 'linux/ppc64le was left out of the later run.'],
  [jobs(AMD), jobs(AMD, POWER), {}, 'linux/ppc64le is new and passes.'],
  [
    [crashed(AMD), ...jobs(ARM), crashed(POWER), crashed(Z)],
    [...jobs(AMD), crashed(ARM), ...jobs(POWER, Z)],
    {},
    '3 better, 1 worse; linux/arm64 now fails: it ended with exit code 3, linux/amd64 now passes, linux/ppc64le now passes under emulation, and 1 more.',
  ],
  [
    [jobFixture(POWER)],
    [jobFixture(POWER, { findings: [warned] })],
    {},
    'Nothing got better or worse between these reports.',
  ],
])('%#', (from, to, report, headline) => {
  expect(compareReports(reportFixture(from, 'passed'), reportFixture(to, 'passed', report)).headline).toBe(
    headline,
  )
})

test('a run that was cancelled is not all', () => {
  const { headline } = compareReports(reportFixture(jobs(AMD), 'passed'), reportFixture(jobs(AMD), undefined))
  expect(headline).toBe('A run was cancelled, so this is not all.')
})
