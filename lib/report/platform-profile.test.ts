import { expect, test } from 'vitest'
import { joinPlatforms, profileFor, withoutStated } from './platform-profile.ts'
import type { RunProfile } from './run-profile.ts'

const profile: RunProfile = {
  command: ['serve'],
  env: { A: '1', B: '2' },
  files: { '/a': '1' },
  timeoutMs: 9_000,
  limits: { memoryMiB: 64, pids: 9 },
  platforms: {
    ppc64el: { timeoutMs: 300_000, env: { B: '3' }, files: { '/b': '2' }, limits: { memoryMiB: 128 } },
    'linux/s390x': { entrypoint: ['/other'] },
  },
}
const { limits } = profile

test.each<[string, RunProfile]>([
  [
    'linux/amd64',
    { command: ['serve'], env: { A: '1', B: '2' }, files: { '/a': '1' }, timeoutMs: 9_000, limits },
  ],
  [
    'linux/ppc64le',
    {
      command: ['serve'],
      env: { A: '1', B: '3' },
      files: { '/a': '1', '/b': '2' },
      timeoutMs: 300_000,
      limits: { memoryMiB: 128, pids: 9 },
    },
  ],
  [
    'linux/s390x',
    { entrypoint: ['/other'], env: { A: '1', B: '2' }, files: { '/a': '1' }, timeoutMs: 9_000, limits },
  ],
])('%s has its own fields in place of the others', (platform, expected) => {
  expect(profileFor(profile, platform)).toEqual(expected)
})

test('what a run states for all platforms wins over what a profile says of one', () => {
  expect(withoutStated(profile.platforms ?? {}, { timeoutMs: 1_000, env: { B: '4' } })).toEqual({
    ppc64el: { env: {}, files: { '/b': '2' }, limits: { memoryMiB: 128 } },
    'linux/s390x': { entrypoint: ['/other'] },
  })
})

test('what a run states for one platform wins there, and leaves the others as the profile has them', () => {
  expect(
    joinPlatforms(profile.platforms ?? {}, {
      'linux/ppc64le': { timeoutMs: 1_000, env: { C: '4' } },
      'linux/arm64': { expectExitCode: 3 },
    }),
  ).toEqual({
    ppc64el: { timeoutMs: 1_000, env: { B: '3', C: '4' }, files: { '/b': '2' }, limits: { memoryMiB: 128 } },
    'linux/s390x': { entrypoint: ['/other'] },
    'linux/arm64': { expectExitCode: 3 },
  })
})
