import { describe, expect, it, test } from 'vitest'
import { compareReports } from './compare-reports.ts'
import type { Report, ReportJob } from './model.ts'
import {
  endedFixture,
  jobFixture,
  mislabelledFixture,
  reportFixture,
  skippedFixture,
} from './testing/report-fixtures.ts'

const AMD = 'linux/amd64'
const POWER = 'linux/ppc64le'
const passed = jobFixture(POWER)
const failed = endedFixture(POWER, 'failed', 'exit-code', { exitCode: 1 })
const compare = (from: readonly ReportJob[], to: readonly ReportJob[], report: Partial<Report> = {}) =>
  compareReports(reportFixture(from, 'passed'), reportFixture(to, 'passed', report))

describe('a platform', () => {
  const inconclusive = endedFixture(POWER, 'inconclusive', 'emulator-crash')
  test.each([
    ['passed, passed', passed, passed, 'same'],
    ['passed, failed', passed, failed, 'worse'],
    ['failed, passed', failed, passed, 'better'],
    ['failed, skipped: nobody looked', failed, skippedFixture(POWER), 'unclear'],
    ['passed, skipped: a proof was lost, the image is no worse', passed, skippedFixture(POWER), 'unclear'],
    ['skipped, failed', skippedFixture(POWER), failed, 'worse'],
    ['skipped, passed', skippedFixture(POWER), passed, 'better'],
    ['inconclusive twice', inconclusive, inconclusive, 'same'],
    ['passed, then of another machine', passed, mislabelledFixture(POWER), 'worse'],
  ])('%s', (_, from, to, change) => {
    expect(compare([from], [to])).toMatchObject({ outcome: change, platforms: [{ platform: POWER, change }] })
  })

  it('is paired by its canonical name', () => {
    const { platforms, outcome } = compare([jobFixture('linux/arm64/v8')], [jobFixture('linux/arm64')])
    expect(platforms).toMatchObject([{ platform: 'linux/arm64', presence: 'both' }])
    expect(outcome).toBe('same')
  })

  it('that the image lost is worse; one that nobody asked for is unclear, both ways', () => {
    const both = [jobFixture(AMD), passed]
    expect(compare(both, [jobFixture(AMD)]).outcome).toBe('worse')
    expect(compare(both, [jobFixture(AMD)], { leftOut: [POWER] }).outcome).toBe('unclear')
    expect(compare([jobFixture(AMD)], both)).toMatchObject({
      outcome: 'better',
      platforms: [{ presence: 'both' }, { presence: 'new', change: 'better' }],
    })
  })

  it('listed twice hides nothing, and a name that is no platform is compared as written', () => {
    expect(compare([passed, passed], [passed, failed]).outcome).toBe('worse')
    expect(compare([jobFixture('../<b>')], [jobFixture('../<b>')]).platforms).toMatchObject([
      { platform: '../<b>', change: 'same' },
    ])
  })
})

describe('findings', () => {
  const drift = { code: 'META-005', severity: 'warning', platform: POWER, evidence: {} } as const
  it('are new and gone; a warning alone makes nothing worse', () => {
    const { outcome, platforms } = compare([passed], [jobFixture(POWER, { findings: [drift] })])
    expect(outcome).toBe('same')
    expect(platforms[0]?.findings).toMatchObject([{ code: 'META-005', presence: 'new' }])
  })

  it('are not fixed where nobody looked', () => {
    const [row] = compare([mislabelledFixture(POWER)], [skippedFixture(POWER)]).platforms
    expect(row?.findings).toMatchObject([{ code: 'ELF-001', presence: 'gone', change: 'unclear' }])
  })

  const waived = { ...drift, code: 'ELF-001', severity: 'error', evidence: { path: '/a' } } as const
  const counted = jobFixture(POWER, { verdict: 'failed', findings: [waived] })
  const excused = jobFixture(POWER, { accepted: [{ ...waived, reason: 'known', expires: '2027-01-01' }] })
  test.each([
    ['accepted now is neither gone nor better', counted, excused, 'accepted'],
    ['no longer accepted is neither new nor worse', excused, counted, 'unaccepted'],
    ['that came accepted counts for nothing', passed, excused, 'accepted'],
  ])('%s', (_, before, after, presence) => {
    const { outcome, platforms, cautions } = compare([before], [after])
    expect(outcome).toBe('same')
    expect(platforms[0]?.findings).toMatchObject([{ code: 'ELF-001', presence, change: 'same' }])
    expect(cautions).toMatchObject([{ kind: 'policy' }])
  })

  it('accepted do not hide what else broke', () => {
    const broken = { ...failed, accepted: excused.accepted }
    expect(compare([counted], [broken]).outcome).toBe('worse')
  })

  it('of the layers are gone where a skipped job had its layers read', () => {
    const skipped = skippedFixture(POWER)
    const read = { ...skipped, checked: ['PY-001'] }
    const inPart = {
      ...read,
      unjudged: [{ codes: ['PY-001'], platforms: [POWER], reason: 'layer-not-read' as const }],
    }
    const was = { ...skipped, findings: [{ ...waived, code: 'PY-001' } as const] }
    const changeTo = (job: ReportJob) => compare([was], [job]).platforms[0]?.findings[0]?.change
    expect([read, inPart, skipped].map(changeTo)).toEqual(['better', 'unclear', 'unclear'])
  })

  it('of a shared base that was proven are not gone where the layers were not read', () => {
    const proven = { code: 'META-003', severity: 'error', evidence: {} } as const
    const before = reportFixture([passed], 'failed', { findings: [proven] })
    const changeTo = (report: Partial<Report>) =>
      compareReports(before, reportFixture([passed], 'passed', report)).outcome
    expect([changeTo({}), changeTo({ checked: ['META-003'] })]).toEqual(['unclear', 'better'])
  })

  it('of the whole image count', () => {
    const evidence = { what: 'config', digest: 'sha256:a', platforms: [AMD, POWER] }
    const { outcome, headline } = compare([passed], [passed], {
      findings: [{ code: 'META-002', severity: 'error', evidence }],
    })
    expect(outcome).toBe('worse')
    expect(headline).toBe('The image as a whole has a new error.')
  })
})

describe('tests are compared by name', () => {
  const tested = (...verdicts: readonly ('passed' | 'failed')[]) =>
    jobFixture(POWER, {
      tests: verdicts.map((verdict, nth) => ({
        name: `test ${nth}`,
        kind: 'command',
        verdict,
        messages: [],
        durationMs: 1,
      })),
    })
  test.each([
    ['one fixed, another broken', tested('passed', 'failed'), tested('failed', 'passed'), 'worse', 2],
    ['fixed', tested('failed'), tested('passed'), 'better', 1],
    ['a failing one that is asked no more', tested('failed'), passed, 'unclear', 1],
    ['a passing one that is new', passed, tested('passed'), 'same', 1],
  ])('%s', (_, before, after, outcome, count) => {
    const comparison = compare([before], [after])
    expect(comparison.outcome).toBe(outcome)
    expect(comparison.platforms[0]?.tests).toHaveLength(count)
  })
})

describe('what differs beside the image is named', () => {
  const engine = passed.engine
  test.each([
    ['repository', { pinned: 'quay.io/other/app@sha256:a' }],
    ['order', { finishedAt: '2020-01-01T00:00:00.000Z' }],
    ['profile', { profile: { env: { TOKEN: 'hunter2' } } }],
    ['archway', { archway: '9.9.9' }],
    ['mode', { jobs: [{ ...passed, execution: { ...passed.execution, mode: 'native' } }] }],
    ['engine', { jobs: [{ ...passed, engine: { ...engine, version: '29.0.0' } }] }],
  ])('%s', (kind, report) => {
    const { cautions } = compare([passed], [passed], report as Partial<Report>)
    expect(cautions).toMatchObject([{ kind }])
    expect(JSON.stringify(cautions)).not.toContain('hunter2')
  })

  it('nothing, where nothing differs', () => {
    expect(compare([passed], [passed])).toMatchObject({ cautions: [], outcome: 'same' })
  })

  it('a cancelled run compares to nothing', () => {
    const { outcome, cautions } = compareReports(
      reportFixture([passed], 'passed'),
      reportFixture([passed], undefined),
    )
    expect(outcome).toBe('unclear')
    expect(cautions).toMatchObject([{ kind: 'cancelled' }])
  })
})
