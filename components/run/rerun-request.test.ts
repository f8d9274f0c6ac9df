import { describe, expect, test } from 'vitest'
import { rerunRequest, unpassedPlatforms } from './rerun-request.ts'
import { jobFixture, passedJobFixture, runFixture } from './run-fixtures.ts'

const run = runFixture(
  [
    passedJobFixture('linux/amd64', 'native'),
    jobFixture('linux/arm64', { state: 'finished', verdict: 'skipped' }),
    jobFixture('linux/ppc64le', { state: 'finished', verdict: 'failed' }),
    jobFixture('linux/s390x', { state: 'cancelled' }),
  ],
  { state: 'finished', verdict: 'failed' },
)

describe('running again', () => {
  test('is of the same digest, whatever became of the tag', () => {
    expect(rerunRequest(run)).toEqual({ ref: `quay.io/power/app:1.0@${run.digest}` })
    const pinned = { ...run, reference: run.pinned }
    expect(rerunRequest(pinned).ref).toBe(run.pinned)
  })

  test('asks for the same, and for no platform that was left out', () => {
    const partial = {
      ...run,
      leftOut: ['windows/amd64'],
      profile: { expectOutput: 'hello' },
      removeImages: true,
    }
    expect(rerunRequest(partial)).toMatchObject({
      platforms: ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'],
      profile: { expectOutput: 'hello' },
      removeImages: true,
    })
  })

  test('asks by name for a platform that the image did not have', () => {
    const { digest: _, ...absent } = jobFixture('linux/riscv64', { state: 'finished', verdict: 'failed' })
    const { platforms } = rerunRequest({ ...run, jobs: [passedJobFixture('linux/amd64', 'native'), absent] })
    expect(platforms).toEqual(['linux/amd64', 'linux/riscv64'])
  })

  test('of what did not pass takes in what was skipped or cancelled', () => {
    expect(unpassedPlatforms(run)).toEqual(['linux/arm64', 'linux/ppc64le', 'linux/s390x'])
    expect(rerunRequest(run, unpassedPlatforms(run)).platforms).toEqual([
      'linux/arm64',
      'linux/ppc64le',
      'linux/s390x',
    ])
  })
})
