import { expect, it, test } from 'vitest'
import { wireFixture } from '#components/report/testing/wire-fixture.ts'
import type { Report, ReportJob } from '#lib/report/model.ts'
import {
  jobFixture,
  mislabelledFixture,
  reportFixture,
  skippedFixture,
} from '#lib/report/testing/report-fixtures.ts'
import { comparisonDto } from '#lib/service/report/compare-reports.ts'
import { changeLines, platformLines, unchangedPlatforms } from './comparison-model.ts'

const AMD = 'linux/amd64'
const POWER = 'linux/ppc64le'
const drift = { code: 'META-005', severity: 'warning', platform: POWER, evidence: {} } as const

function compared(from: readonly ReportJob[], to: readonly ReportJob[], report: Partial<Report> = {}) {
  const [before, after] = [
    reportFixture(from, 'passed', { id: 'a' }),
    reportFixture(to, 'passed', { id: 'b', ...report }),
  ]
  return { from: wireFixture(before), to: wireFixture(after), comparison: comparisonDto(before, after) }
}

it('both values of what got better, and where each report says so', () => {
  const reports = compared([mislabelledFixture(POWER)], [jobFixture(POWER)])
  expect(changeLines(reports)).toMatchObject([
    {
      group: 'better',
      platform: POWER,
      what: 'Binaries are',
      from: { word: 'x86-64', expected: 'PowerPC', href: '/reports/a#linux-ppc64le' },
      to: { word: 'PowerPC', tone: 'pass', href: '/reports/b#linux-ppc64le' },
    },
    { group: 'better', code: 'ELF-001', from: { word: 'Error' }, to: { word: 'Not found', tone: 'pass' } },
  ])
  expect(platformLines(reports)).toMatchObject([
    {
      change: 'better',
      from: { word: 'Failed' },
      to: { word: 'Passed', note: expect.stringContaining('emulated') },
    },
  ])
})

it('what nobody looked at is not green, and says why', () => {
  const lines = changeLines(compared([mislabelledFixture(POWER)], [skippedFixture(POWER)]))
  expect(lines.find(({ code }) => code === 'ELF-001')).toMatchObject({
    group: 'unclear',
    to: { word: 'Not looked at', tone: 'doubt' },
    text: expect.stringMatching(/Not judged in the later report.*No engine/s),
  })
})

it('a finding of a check that did not look before is not said to have been absent', () => {
  const layers = { ...drift, code: 'PKG-002' } as const
  const [line] = changeLines(compared([jobFixture(POWER)], [jobFixture(POWER, { findings: [layers] })]))
  expect(line).toMatchObject({ group: 'other', from: { word: 'Not looked at' }, to: { word: 'Warning' } })
})

it('what the policy accepts is kept apart', () => {
  const accepted = [{ ...drift, reason: 'known', expires: '2027-01-01' }]
  const [line] = changeLines(
    compared([jobFixture(POWER, { findings: [drift] })], [jobFixture(POWER, { accepted })]),
  )
  expect(line).toMatchObject({ group: 'accepted', from: { word: 'Warning' }, to: { word: 'Accepted' } })
})

test('platforms that came, went and were left out', () => {
  const both = [jobFixture(AMD), jobFixture(POWER)]
  expect(changeLines(compared(both, [jobFixture(AMD)]))).toMatchObject([
    { group: 'worse', what: 'The platform is gone', to: { word: 'Not there' } },
  ])
  const left = compared(both, [jobFixture(AMD)], { leftOut: [POWER] })
  expect(changeLines(left)).toMatchObject([{ group: 'unclear', to: { word: 'Left out' } }])
  expect(unchangedPlatforms(platformLines(left), changeLines(left))).toEqual([AMD])
})

it('nothing, where nothing differs', () => {
  expect(changeLines(compared([jobFixture(POWER)], [jobFixture(POWER)]))).toEqual([])
})
