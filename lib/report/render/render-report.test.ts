import { validateStrict } from 'ctrf'
import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { describeReport } from '../describe-report.ts'
import { report } from '../model.ts'
import { digestOf } from '../testing/sample-parts.ts'
import { SAMPLE_NAMES, SAMPLE_REPORTS, type SampleName, SECRET } from '../testing/sample-reports.ts'
import { parseReportFile, REPORT_FORMAT_NAMES, REPORT_FORMATS } from './format-list.ts'
import { renderReport } from './render-report.ts'
import { sarifLog } from './render-sarif.ts'
import { reportSuites } from './report-suites.ts'

const render = (name: SampleName, format: Parameters<typeof renderReport>[1]) =>
  renderReport(SAMPLE_REPORTS[name], format)
const json = (name: SampleName, format: 'sarif' | 'ctrf') => JSON.parse(render(name, format))
const suitesOf = (name: SampleName) => reportSuites(describeReport(SAMPLE_REPORTS[name]))

describe('every format', () => {
  it.each(SAMPLE_NAMES)('of a report that is one: %s', (name) =>
    expect(() => report.parse(SAMPLE_REPORTS[name])).not.toThrow(),
  )
  it.each(REPORT_FORMAT_NAMES)('%s tells no value of the run’s environment', (format) => {
    const text = render('secret', format)
    expect(text).not.toContain(SECRET)
    const inside = [...text.matchAll(/"content":"([^"]+)"/g)].map(([, content = '']) => atob(content))
    expect(inside.join()).not.toContain(SECRET)
  })
  it.each(REPORT_FORMAT_NAMES)('%s holds nothing that is invisible or that UTF-8 cannot hold', (format) => {
    const text = render('hostile', format)
    expect(text.isWellFormed()).toBe(true)
    expect(text.match(/(?!\n)[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu)).toBeNull()
    if (!['junit', 'html', 'markdown'].includes(format))
      expect(text).not.toMatch(/[^\\](?:\\\\)*\\(?:u|r|b|f)/)
  })
  it.each(REPORT_FORMAT_NAMES)('%s stays small whatever was written', (format) => {
    expect(render('flood', format).length).toBeLessThan(format === 'markdown' ? 60_000 : 1_000_000)
  })
  it.each(REPORT_FORMAT_NAMES)('%s is found by the name of its file', (format) =>
    expect(parseReportFile(`a.b.${REPORT_FORMATS[format].extension}`)).toEqual({ id: 'a.b', format }),
  )
  it.each(['r1', 'r1.json', 'r1.xml', '.md', ''])('%j is the file of none', (file) =>
    expect(parseReportFile(file)).toBeUndefined(),
  )
})

describe('a report as tests', () => {
  it.each(SAMPLE_NAMES)('%s: a platform’s tests say what its verdict says', (name) => {
    for (const { job, tests } of suitesOf(name)) {
      if (job === undefined) continue
      const outcomes = new Set(tests.map(({ outcome }) => outcome))
      expect(outcomes).toContain(job.verdict ?? 'cancelled')
      if (job.verdict !== 'failed') expect(outcomes).not.toContain('failed')
      if (job.verdict === 'passed') expect(outcomes).not.toContain('inconclusive')
    }
  })
  it('what a check could not look at is skipped with the reason, never passed', () => {
    const tests = suitesOf('unjudged').flatMap((suite) =>
      suite.tests.map((test) => ({ suite: suite.name, ...test })),
    )
    expect(tests.filter(({ outcome }) => outcome === 'skipped')).toMatchObject([
      { suite: 'index', name: 'not judged: PKG-002', message: expect.stringContaining('a package database') },
      {
        suite: 'linux/ppc64le',
        name: 'not judged: ELF-002, ELF-004',
        message: expect.stringContaining('a layer'),
      },
    ])
  })
  it.each(REPORT_FORMAT_NAMES)(
    '%s names what could not be looked at, and tells no secret by it',
    (format) => {
      const text = render('unjudged', format)
      expect(text).toContain('ELF-002, ELF-004')
      expect(text).toMatch(/a layer could not be read/)
      expect(text).not.toContain(SECRET)
    },
  )
  it('SARIF has it as a notification that is no result; in-toto does not call it a plain pass', () => {
    const log: Log = json('unjudged', 'sarif')
    expect(log.runs[2]?.results).toEqual([])
    expect(log.runs[2]?.invocations?.[0]).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [
        { level: 'note', message: { text: expect.stringContaining('not judged') } },
      ],
    })
    const [amd, power, index] = render('unjudged', 'in-toto')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).predicate.result)
    expect([amd, power, index]).toEqual(['PASSED', 'WARNED', 'WARNED'])
  })
  it('a pass under emulation says so', () =>
    expect(suitesOf('passed').map(({ name, tests }) => `${name}: ${tests.at(-1)?.name}`)).toEqual([
      'index: index',
      'linux/amd64: execution (native)',
      'linux/ppc64le: execution (emulated)',
    ]))
  it('each failure has its check', () =>
    expect(
      suitesOf('failed').flatMap(({ name, tests, notes }) => [
        ...tests.map((test) => [name, test.name, test.outcome, test.code].join(' ')),
        ...notes.map((note) => `${name} note ${note.code}`),
      ]),
    ).toEqual([
      'index META-002 Two platforms are the same image failed META-002',
      'linux/amd64 config passed ',
      'linux/amd64 binaries passed ',
      'linux/amd64 execution (native) passed ',
      'linux/ppc64le config failed META-001',
      'linux/ppc64le binaries failed ELF-001',
      'linux/ppc64le execution (emulated) passed ',
      'linux/ppc64le note COV-005',
    ]))
  it('what nobody looked at is skipped, with the reason', () =>
    expect(
      suitesOf('skipped')
        .at(-1)
        ?.tests.map(({ outcome, message }) => `${outcome}: ${message}`),
    ).toEqual([
      'skipped: Nobody could look at the image’s config.',
      'skipped: Nobody could look at the binaries.',
      'skipped: No engine here can run this platform: No emulator for s390x.',
    ]))
  it('a platform that was left out is skipped, and its errors fail nothing', () =>
    expect(suitesOf('leftOut').at(-1)).toMatchObject({
      name: 'linux/s390x',
      tests: [{ outcome: 'skipped' }],
      notes: [{ code: 'META-001' }],
    }))
  it('a run without platforms passed nothing', () =>
    expect(suitesOf('nothing').flatMap(({ tests }) => tests.map(({ outcome }) => outcome))).toEqual([
      'passed',
      'skipped',
    ]))
})

describe('CTRF', () => {
  it.each(SAMPLE_NAMES)('%s: its own validator takes it', (name) =>
    expect(() => validateStrict(json(name, 'ctrf'))).not.toThrow(),
  )
  it.each<[SampleName, string]>([
    ['passed', 'passed 7'],
    ['failed', 'passed 4, failed 3'],
    ['inconclusive', 'passed 6, other 1'],
    ['skipped', 'passed 4, skipped 3'],
    ['cancelled', 'passed 4, skipped 2, other 1'],
    ['missing', 'passed 4, failed 2, skipped 2'],
  ])('%s: %s', (name, counts) => {
    const { summary, tests } = json(name, 'ctrf').results
    const told = ['passed', 'failed', 'skipped', 'other'].filter((status) => summary[status] > 0)
    expect(told.map((status) => `${status} ${summary[status]}`).join(', ')).toBe(counts)
    expect(tests.length).toBe(summary.tests)
  })
  it('our word stands beside theirs', () =>
    expect(json('inconclusive', 'ctrf').results.tests.at(-1)).toMatchObject({
      name: 'linux/ppc64le execution (emulated)',
      status: 'other',
      rawStatus: 'inconclusive',
      retries: 2,
      labels: { mode: 'emulated' },
    }))
})

describe('SARIF', () => {
  /** Made of the schema: this compiles only when it fits. */
  const logOf = (name: SampleName): Log => sarifLog(describeReport(SAMPLE_REPORTS[name]))

  it('a run a platform and one for the index, each in a category of its own', () =>
    expect(logOf('failed').runs.map((run) => run.automationDetails?.id)).toEqual([
      'archway/quay.io/org/app:1.2/index/',
      'archway/quay.io/org/app:1.2/linux/amd64/',
      'archway/quay.io/org/app:1.2/linux/ppc64le/',
    ]))
  it('findings are results, each with its rule and place', () => {
    const run = logOf('failed').runs.at(-1)
    expect(
      run?.results?.map(({ ruleId, ruleIndex, level, kind, locations }) => [
        ruleId,
        run.tool.driver.rules?.[ruleIndex ?? -1]?.id,
        level,
        kind,
        locations?.[0]?.physicalLocation?.artifactLocation?.uri,
      ]),
    ).toEqual([
      ['META-001', 'META-001', 'error', 'fail', 'linux/ppc64le'],
      ['ELF-001', 'ELF-001', 'error', 'fail', 'app'],
      ['COV-005', 'COV-005', 'warning', 'fail', 'linux/ppc64le'],
    ])
  })
  it('a pass has no result', () =>
    expect(
      logOf('passed').runs.flatMap((run) => [run.results?.length, run.invocations?.[0]?.executionSuccessful]),
    ).toEqual([0, true, 0, true, 0, true]))
  it.each<SampleName>(['inconclusive', 'skipped', 'cancelled'])(
    '%s is an open result, and the invocation had no success',
    (name) => {
      const run = logOf(name).runs.at(-1)
      expect(run?.results).toMatchObject([{ kind: 'open', level: 'none', ruleId: 'RUN-001' }])
      expect(run?.invocations).toMatchObject([
        { executionSuccessful: false, toolExecutionNotifications: [{ level: 'warning' }] },
      ])
    },
  )
  it('a hostile path is an address still', () => {
    for (const { results = [] } of json('hostile', 'sarif').runs)
      for (const { locations } of results)
        expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w.~!*'()%/-]+$/)
  })
})

describe('in-toto', () => {
  const descriptor = z
    .looseObject({
      name: z.string(),
      uri: z.url().optional(),
      digest: z.record(z.string(), z.string()).optional(),
      content: z.base64().optional(),
    })
    .refine(({ uri, digest, content }) => uri ?? digest ?? content)
  /** The fields that specification v1 of the statement and v0.1 of the predicate demand. */
  const statement = z.strictObject({
    _type: z.literal('https://in-toto.io/Statement/v1'),
    subject: z
      .array(
        z.strictObject({
          name: z.string(),
          digest: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
        }),
      )
      .min(1),
    predicateType: z.literal('https://in-toto.io/attestation/test-result/v0.1'),
    predicate: z.looseObject({
      result: z.enum(['PASSED', 'WARNED', 'FAILED']),
      configuration: z.array(descriptor).min(1),
      passedTests: z.array(z.string()),
      warnedTests: z.array(z.string()),
      failedTests: z.array(z.string()),
      archway: z.looseObject({
        verdict: z.string(),
        undecidedTests: z.array(z.looseObject({ reason: z.string() })),
      }),
    }),
  })
  const statements = (name: SampleName) =>
    render(name, 'in-toto')
      .trimEnd()
      .split('\n')
      .map((line) => statement.parse(JSON.parse(line)))

  it.each<[SampleName, string]>([
    ['passed', 'b PASSED, c PASSED, a PASSED'],
    ['failed', 'b PASSED, c FAILED, a FAILED'],
    ['inconclusive', 'b PASSED, c FAILED, a FAILED'],
    ['skipped', 'b PASSED, d FAILED, a FAILED'],
    ['cancelled', 'b PASSED, d FAILED, a FAILED'],
    ['missing', 'b PASSED, a FAILED'],
    ['leftOut', 'b PASSED, c PASSED, a WARNED'],
    ['nothing', 'a FAILED'],
    ['image', 'a PASSED'],
    ['hostile', 'c FAILED, a FAILED'],
  ])('%s: %s', (name, told) => {
    const short = statements(name).map(
      ({ subject: [subject], predicate }) => `${subject?.digest.sha256[0]} ${predicate.result}`,
    )
    expect(short.join(', ')).toBe(told)
  })
  it('what is undecided is in no list of theirs, and says why', () => {
    const last = statements('inconclusive').at(-2)
    expect(last?.subject[0]?.name).toBe('quay.io/org/app@linux/ppc64le')
    expect(last?.predicate).toMatchObject({
      passedTests: ['linux/ppc64le: config', 'linux/ppc64le: binaries'],
      failedTests: [],
      archway: {
        verdict: 'inconclusive',
        undecidedTests: [
          {
            name: 'linux/ppc64le: execution (emulated)',
            outcome: 'inconclusive',
            reason: expect.stringContaining('SIGSEGV'),
          },
        ],
      },
    })
  })
  it('the digest of what it is about is the platform’s own', () =>
    expect(statements('passed').map(({ subject }) => `sha256:${subject[0]?.digest.sha256}`)).toEqual(
      ['b', 'c', 'a'].map(digestOf),
    ))
})
