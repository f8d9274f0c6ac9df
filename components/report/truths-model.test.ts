import { expect, test } from 'vitest'
import type { ReportJob } from '#lib/report/model.ts'
import {
  absentFixture,
  endedFixture,
  executionFixture,
  jobFixture,
  mislabelledFixture,
  reportFixture,
  skippedFixture,
} from '#lib/report/testing/report-fixtures.ts'
import { wireFixture } from './testing/wire-fixture.ts'
import { executionTruth } from './truth-cell-model.ts'
import { truthsRows } from './truths-model.ts'

function rowOf(job: ReportJob, kind: 'index' | 'image' = 'index') {
  const [row] = truthsRows(wireFixture(reportFixture([job], job.verdict, { kind })))
  if (row === undefined) throw new Error('there is no row')
  return row
}

test('four truths that agree are green, and an emulated pass says so', () => {
  expect(rowOf(jobFixture('linux/ppc64le'))).toMatchObject({
    index: { tone: 'pass', word: 'ppc64le' },
    config: { tone: 'pass', word: 'ppc64le' },
    binaries: { tone: 'pass', word: 'PowerPC', note: '/app' },
    execution: { tone: 'pass', word: 'Passed', note: 'emulated · 0.8 s' },
  })
})

test('a binary of another architecture shows both, and the run that went well is not green', () => {
  const { binaries, execution } = rowOf(mislabelledFixture('linux/ppc64le'))
  expect(binaries).toEqual({ tone: 'fail', word: 'x86-64', expected: 'PowerPC', note: '/behave' })
  expect(execution).toEqual({
    tone: 'warn',
    word: 'Ran, but proves nothing',
    note: 'native · 0.8 s · exit 0',
  })
})

test('a binary of the other byte order is told by more than its machine', () => {
  const job = jobFixture('linux/ppc64le')
  const elf = 'PowerPC, 64-bit, big-endian'
  const binaries = {
    ...job.truths.binaries,
    scope: 'entrypoint' as const,
    match: 'differ' as const,
    outcome: 'found',
    chain: ['/app'],
    programs: [{ path: '/app', role: 'entrypoint' as const, elf, match: 'differs' as const }],
  }
  expect(rowOf({ ...job, truths: { ...job.truths, binaries } }).binaries).toMatchObject({
    word: elf,
    expected: 'PowerPC, 64-bit, little-endian',
  })
})

test('a config that disagrees shows what the index says', () => {
  const job = jobFixture('linux/ppc64le', {
    truths: { index: 'linux/ppc64le', config: { platform: 'linux/amd64', agrees: false } },
  })
  expect(rowOf(job).config).toEqual({ tone: 'fail', word: 'amd64', isStated: true, expected: 'ppc64le' })
  expect(rowOf(job).binaries).toEqual({ tone: 'skip', word: 'Not looked at' })
})

test('nothing is green where nothing was looked at', () => {
  const absent = rowOf(absentFixture('linux/riscv64'))
  expect(absent).toMatchObject({
    index: { tone: 'fail', word: 'Not listed' },
    execution: { tone: 'fail', word: 'Not in the image' },
  })
  const skipped = rowOf(skippedFixture('linux/s390x'))
  expect(skipped.execution).toEqual({ tone: 'skip', word: 'Skipped', note: 'no engine' })
  for (const row of [absent, skipped]) {
    for (const truth of [row.binaries, row.execution]) expect(truth.tone).not.toBe('pass')
  }
})

test('a single image has no index to speak of', () => {
  const job = jobFixture('linux/arm64')
  const { index: _, ...truths } = job.truths
  expect(rowOf({ ...job, truths }, 'image').index).toMatchObject({ tone: 'skip', word: 'No index' })
})

test.each([
  [
    'an exit code',
    endedFixture(
      'linux/amd64',
      'failed',
      'exit-code',
      { exitCode: 1 },
      { execution: executionFixture([], { mode: 'native', exitCode: 1 }) },
    ),
    { tone: 'fail', word: 'Exit code 1', note: 'native · 0.8 s' },
  ],
  [
    'a signal',
    endedFixture(
      'linux/amd64',
      'failed',
      'signal',
      { signal: 'SIGSEGV' },
      { execution: executionFixture([], { mode: 'native', exitCode: 139 }) },
    ),
    { tone: 'fail', word: 'Died of SIGSEGV', note: 'native · 0.8 s · exit 139' },
  ],
  [
    'an emulator that crashed',
    endedFixture(
      'linux/ppc64le',
      'inconclusive',
      'emulator-crash',
      { signal: 'SIGSEGV' },
      { execution: executionFixture([], { exitCode: 139, attempts: 3 }) },
    ),
    { tone: 'doubt', word: 'Inconclusive', note: 'emulated · 0.8 s · emulator crash · 3 attempts' },
  ],
] as const)('%s is told in a few words', (_, job, truth) => {
  expect(rowOf(job).execution).toEqual(truth)
})

test('a run that is known by verdict and mode alone can be told, too', () => {
  expect(executionTruth({ verdict: 'passed', mode: 'emulated' })).toEqual({
    tone: 'pass',
    word: 'Passed',
    note: 'emulated',
  })
  expect(executionTruth({ verdict: undefined })).toEqual({
    tone: 'skip',
    word: 'Cancelled',
    note: 'no verdict',
  })
})
