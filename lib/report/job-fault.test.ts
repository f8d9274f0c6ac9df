import { describe, expect, test } from 'vitest'
import { ENDING_REASONS, ending } from './ending.ts'
import { FAULTS, faultText, jobFault } from './job-fault.ts'

describe('whose fault it is', () => {
  test.each(ENDING_REASONS)('a failed job is the image’s, whatever the reason (%s)', (reason) => {
    expect(jobFault({ verdict: 'failed', ending: ending('failed', reason) })).toBe('image')
  })
  test('a failed job whose execution passed is the image’s: a finding failed it', () => {
    expect(jobFault({ verdict: 'failed', ending: ending('passed', 'as-expected') })).toBe('image')
  })
  test.each([
    ['emulator-crash', 'emulator'],
    ['illegal-instruction', 'emulator'],
    ['cpu-baseline', 'emulator'],
    ['timed-out', 'emulator'],
    ['out-of-memory', 'emulator'],
    ['no-emulator', 'engine'],
    ['start-refused', 'engine'],
    ['other-image', 'engine'],
    ['engine-failed', 'engine'],
    ['no-result', 'engine'],
    ['pull-failed', 'registry'],
    ['sandbox', 'archway'],
    ['output-truncated', 'archway'],
    ['interrupted', 'archway'],
    ['killed', 'unknown'],
  ] as const)('inconclusive for %s: %s', (reason, fault) => {
    expect(jobFault({ verdict: 'inconclusive', ending: ending('inconclusive', reason) })).toBe(fault)
  })
  test.each([
    ['rate_limited', 'registry'],
    ['unauthorised', 'registry'],
    ['image_load_failed', 'engine'],
    ['registry_unseen', 'engine'],
    ['address_refused', 'archway'],
  ] as const)('on the way into the engine, %s: %s', (code, fault) => {
    const failed = ending('inconclusive', 'pull-failed', { code, message: 'no' })
    expect(jobFault({ verdict: 'inconclusive', ending: failed })).toBe(fault)
  })
  test('nobody is at fault for what passed, was skipped or cancelled', () => {
    expect(jobFault({ verdict: 'passed', ending: ending('passed', 'as-expected') })).toBeUndefined()
    expect(jobFault({ verdict: 'skipped', ending: ending('skipped', 'no-engine') })).toBeUndefined()
    expect(jobFault({})).toBeUndefined()
  })
  test('every fault has its words', () => {
    expect(FAULTS.map(faultText)).not.toContain(undefined)
  })
})
