import { readFileSync } from 'node:fs'

/**
 * Counts what Vitest's JSON reporter wrote. A file that could not be loaded counts as one failure.
 * @param {string} file
 * @returns {import('./stage.mjs').Counts}
 */
export function countVitest(file) {
  const report = readJson(file)
  if (report === undefined) return nothing()
  const tests = report.testResults.flatMap((/** @type {any} */ suite) => suite.assertionResults)
  const broken = report.testResults.filter(
    (/** @type {any} */ suite) => suite.status === 'failed' && !suite.assertionResults.some(hasFailed),
  )
  return {
    passed: tests.filter((/** @type {any} */ test) => test.status === 'passed').length,
    failed: tests.filter(hasFailed).length + broken.length,
    skipped: tests
      .filter((/** @type {any} */ test) => test.status !== 'passed' && !hasFailed(test))
      .map((/** @type {any} */ test) => test.fullName),
  }
}

/** @param {any} test */
function hasFailed(test) {
  return test.status === 'failed'
}

/**
 * Counts what Playwright's JSON reporter wrote. A test that passed only when tried again has failed.
 * @param {string} file
 * @returns {import('./stage.mjs').Counts}
 */
export function countPlaywright(file) {
  const report = readJson(file)
  if (report === undefined) return nothing()
  const specs = report.suites.flatMap(specsOf)
  const tests = specs.flatMap((/** @type {any} */ spec) =>
    spec.tests.map((/** @type {any} */ test) => ({ title: spec.title, ...test })),
  )
  const withStatus = (/** @type {string} */ status) =>
    tests.filter((/** @type {any} */ test) => test.status === status)
  return {
    passed: withStatus('expected').length,
    failed: withStatus('unexpected').length + withStatus('flaky').length,
    skipped: withStatus('skipped').map((/** @type {any} */ test) =>
      [test.title, ...test.annotations.map((/** @type {any} */ note) => note.description ?? note.type)].join(
        ': ',
      ),
    ),
  }
}

/**
 * @param {any} suite
 * @returns {any[]}
 */
function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]
}

/** What a runner counted that ended before it could write its report. */
function nothing() {
  return { passed: 0, failed: 0, skipped: [] }
}

/**
 * @param {string} file
 * @returns {any}
 */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
