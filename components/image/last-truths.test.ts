import { describe, expect, test } from 'vitest'
import type { ReportJobDto } from '#lib/api/reports.ts'
import { digestOf } from './fixtures.ts'
import { lastTruths } from './last-truths.ts'

const digest = digestOf('7')
const job = (by: Partial<ReportJobDto>): ReportJobDto => ({
  platform: 'linux/ppc64le',
  digest,
  state: 'finished',
  verdict: 'passed',
  truths: {},
  steps: [],
  findings: [],
  ...by,
})
const execution = {
  engine: 'docker 20.10.24 on build-1',
  mode: 'emulated',
  durationMs: 1_900,
  exitCode: 0,
  attempts: 1,
  timedOut: false,
  oomKilled: false,
  output: '',
  outputParts: [],
  outputTruncated: false,
  outputBytes: 0,
} as const satisfies NonNullable<ReportJobDto['execution']>
const told = (by: Partial<ReportJobDto>) => lastTruths({ jobs: [job(by)] }, { digest })

describe('what the last report tells', () => {
  test('nothing without a report, or of another image', () => {
    expect(lastTruths(undefined, { digest })).toEqual({})
    expect(lastTruths({ jobs: [job({ execution })] }, { digest: digestOf('8') })).toEqual({})
  })

  test('a pass says how it ran', () => {
    expect(told({ execution }).ran).toEqual({ tone: 'pass', word: 'Passed', note: 'emulated · 1.9 s' })
  })

  test('a failure says how it ended', () => {
    const ending = { verdict: 'failed', reason: 'exec-format', evidence: {} } as const
    expect(told({ verdict: 'failed', ending, execution: { ...execution, exitCode: 255 } }).ran).toEqual({
      tone: 'fail',
      word: 'Failed',
      note: 'emulated · exit 255 · exec format',
    })
  })

  test('what never ran says why', () => {
    const ending = { verdict: 'skipped', reason: 'not-offered', evidence: {} } as const
    expect(told({ verdict: 'skipped', ending }).ran).toEqual({
      tone: 'skip',
      word: 'Skipped',
      note: 'nothing here can run it',
    })
  })

  const program = {
    path: '/app',
    role: 'entrypoint',
    elf: 'PowerPC, 64-bit, little-endian',
    match: 'matches',
  } as const
  const binaries = { scope: 'entrypoint', outcome: 'found', chain: [], programs: [program] } as const
  test('binaries are named by what they are', () => {
    expect(
      told({ truths: { binaries: { ...binaries, match: 'match', chain: [], programs: [program] } } })
        .binaries,
    ).toEqual({ tone: 'pass', word: 'PowerPC', note: '/app' })
    const wrong = { ...program, path: '/usr/bin/x', elf: 'x86-64, 64-bit', match: 'differs' } as const
    expect(
      told({ truths: { binaries: { ...binaries, match: 'differ', chain: [], programs: [wrong, program] } } })
        .binaries,
    ).toEqual({ tone: 'fail', word: 'x86-64', note: '/usr/bin/x' })
  })

  test('a binary that could not be looked at is not green', () => {
    const unseen = {
      scope: 'entrypoint',
      match: 'unknown',
      outcome: 'missing-loader',
      chain: [],
      programs: [],
    } as const
    expect(told({ truths: { binaries: { ...unseen, chain: [], programs: [] } } }).binaries).toEqual({
      tone: 'skip',
      word: 'Not told',
      note: 'missing loader',
    })
  })
})
