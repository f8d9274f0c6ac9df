import { describe, expect, test } from 'vitest'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { stormOfKills } from './kill-storm.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')

describe.skipIf(reason)(`server and engine killed in turn with eight jobs in flight ${reason ?? ''}`, () => {
  test('five times: nothing is lost, doubled or left behind, and no image is blamed', {
    timeout: 400_000,
  }, async () => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    const storm = await stormOfKills({ kills: 5, seed })
    expect(storm.faults, `seed ${seed}: ${JSON.stringify(storm)}`).toEqual([])
    const kinds = Object.keys(storm.endings).map((name) => name.split(' ')[0])
    expect([...new Set(kinds)].toSorted()).toEqual(['files', 'leaving', 'processors', 'program', 'service'])
    expect(storm.endings['program passed as-expected']).toBeGreaterThan(0)
    expect(storm.kills).toEqual({ server: 3, engine: 2 })
  })
})
