import type {
  DescribedFinding,
  DescribedJob,
  DescribedReport,
  DescribedUnjudged,
} from '../describe-report.ts'
import type { Outcome } from './report-words.ts'

/** One thing that was looked at, or should have been. */
export interface ReportTest {
  /** The same in every run of the platform in the same mode: `config`, `binaries`, `execution (emulated)`. */
  readonly name: string
  readonly outcome: Outcome
  /** Why; foreign text inside. */
  readonly message: string
  /** The check that made it fail. */
  readonly code?: DescribedFinding['code']
  readonly durationMs: number
  readonly isExecution: boolean
  /** Checks that could not look. */
  readonly isUnjudged?: true
}

/** A platform's tests, or those of the index. */
export interface ReportSuite {
  /** The platform, or `index`. */
  readonly name: string
  /** Absent for the index and for platforms that nobody asked to run. */
  readonly job?: DescribedJob
  readonly tests: readonly ReportTest[]
  /** Findings that make nothing fail. */
  readonly notes: readonly DescribedFinding[]
}

/** The name of the suite that is about no platform. */
export const INDEX_SUITE = 'index'

/** What a finding of a check is about; the other checks get tests of their own. */
const BINARY_CHECKS = /^(?:ELF|GO|PKG|PY|DIR)-/
const CONFIG_CHECKS = /^META-001$/
const EXECUTION_CHECKS = /^RUN-/

/**
 * A report as tests, which is how JUnit, CTRF and in-toto see the world. A platform that passed has no test that
 * failed or is inconclusive; one that did not has at least one test that came out as it did. What nobody looked at is
 * a skipped test, never a passed one.
 */
export function reportSuites(report: DescribedReport): readonly ReportSuite[] {
  const leftOut = report.leftOut.map((platform) => leftOutSuite(platform, report))
  return [...indexSuite(report), ...report.jobs.map(jobSuite), ...leftOut]
}

function indexSuite({ kind, findings, jobs, leftOut, unjudged }: DescribedReport): readonly ReportSuite[] {
  const own = findings.filter(({ platform }) => platform === undefined || !leftOut.includes(platform))
  const errors = own.filter(({ severity }) => severity === 'error')
  const tests = failuresByCheck(errors)
  if (tests.length === 0 && kind === 'index')
    tests.push(test('index', 'passed', 'No check found an error in the index.'))
  if (jobs.length === 0) tests.push(test('execution', 'skipped', 'No platform was run.'))
  tests.push(...unjudgedTests(unjudged))
  return tests.length === 0 && own.length === 0
    ? []
    : [{ name: INDEX_SUITE, tests, notes: own.filter(({ severity }) => severity !== 'error') }]
}

/** Its errors fail nothing: the run was not about it. */
function leftOutSuite(platform: string, { findings }: DescribedReport): ReportSuite {
  return {
    name: platform,
    tests: [test('execution', 'skipped', 'Nobody asked to run this platform.')],
    notes: findings.filter((finding) => finding.platform === platform),
  }
}

function jobSuite(job: DescribedJob): ReportSuite {
  const errors = job.findings.filter(({ severity }) => severity === 'error')
  const others = errors.filter(
    ({ code }) => !BINARY_CHECKS.test(code) && !CONFIG_CHECKS.test(code) && !EXECUTION_CHECKS.test(code),
  )
  const of = (codes: RegExp) => errors.filter(({ code }) => codes.test(code))
  return {
    name: job.platform,
    job,
    tests: [
      configTest(job, of(CONFIG_CHECKS)),
      binariesTest(job, of(BINARY_CHECKS)),
      // What RUN-005 sums up, its tests say one by one.
      executionTest(
        job,
        of(EXECUTION_CHECKS).filter(({ code }) => code !== 'RUN-005'),
      ),
      ...structureTests(job),
      ...failuresByCheck(others),
      ...unjudgedTests(job.unjudged),
    ],
    notes: job.findings.filter(({ severity }) => severity !== 'error'),
  }
}

function configTest({ truths: { config } }: DescribedJob, errors: readonly DescribedFinding[]): ReportTest {
  if (errors.length > 0) return failure('config', errors)
  if (config === undefined) return test('config', 'skipped', 'Nobody could look at the image’s config.')
  return config.agrees
    ? test('config', 'passed', `The image’s config says ${config.platform}.`)
    : test('config', 'inconclusive', `The image’s config says ${config.platform}.`)
}

function binariesTest(
  { truths: { binaries }, steps }: DescribedJob,
  errors: readonly DescribedFinding[],
): ReportTest {
  const durationMs = steps.find(({ name }) => name === 'look')?.durationMs ?? 0
  if (errors.length > 0) return { ...failure('binaries', errors), durationMs }
  if (binaries === undefined) return test('binaries', 'skipped', 'Nobody could look at the binaries.')
  const seen = binaries.programs.map(({ path, elf }) => `${path} is ${elf}`).join('; ')
  if (binaries.match === 'match') return { ...test('binaries', 'passed', `${seen}.`), durationMs }
  const expected = binaries.expected === undefined ? '' : `; expected is ${binaries.expected}`
  const message = `${seen || `The entrypoint came down to no known binary (${binaries.outcome})`}${expected}.`
  return { ...test('binaries', 'inconclusive', message), durationMs }
}

function executionTest(job: DescribedJob, errors: readonly DescribedFinding[]): ReportTest {
  const { execution, ending, text } = job
  const name = execution === undefined ? 'execution' : `execution (${execution.mode})`
  const rest = { name, durationMs: execution?.durationMs ?? 0, isExecution: true }
  if (errors.length > 0) return { ...failure(name, errors), ...rest }
  if (ending === undefined)
    return { ...test(name, 'cancelled', 'The run was cancelled before this platform was done.'), ...rest }
  const explained =
    ending.verdict === 'failed' ? job.findings.find(({ severity }) => severity === 'error') : undefined
  return {
    ...test(name, ending.verdict, text ?? ''),
    ...rest,
    ...(explained ? { code: explained.code } : {}),
  }
}

/** A test for each of those that somebody wrote for the image. */
function structureTests({ tests = [] }: DescribedJob): ReportTest[] {
  return tests.map(({ name, kind, verdict, messages, output, durationMs }) => ({
    ...test(`${kind}: ${name}`, verdict, [...messages, ...(output === undefined ? [] : [output])].join('\n')),
    ...(verdict === 'failed' ? { code: 'RUN-005' as const } : {}),
    durationMs,
    isExecution: false,
  }))
}

/** What checks could not look at, a skipped test for each reason: without it their silence would be taken for a pass. */
function unjudgedTests(unjudged: readonly DescribedUnjudged[] = []): ReportTest[] {
  return unjudged.map(({ codes, platforms, message }) => {
    const where = platforms.length === 0 ? '' : `${platforms.join(', ')}: `
    return {
      ...test(`not judged: ${codes.join(', ')}`, 'skipped', `${where}${message}.`),
      isUnjudged: true as const,
    }
  })
}

/** One failed test a check, whatever the number of its findings. */
function failuresByCheck(errors: readonly DescribedFinding[]): ReportTest[] {
  return [...new Set(errors.map(({ code }) => code))].map((code) => {
    const same = errors.filter((error) => error.code === code)
    return failure(`${code} ${same[0]?.title ?? ''}`.trim(), same)
  })
}

function failure(name: string, errors: readonly DescribedFinding[]): ReportTest {
  const [first] = errors
  const message = errors.map((error) => error.message).join('\n')
  return { ...test(name, 'failed', message), ...(first ? { code: first.code } : {}) }
}

function test(name: string, outcome: Outcome, message: string): ReportTest {
  return { name, outcome, message, durationMs: 0, isExecution: name === 'execution' }
}
