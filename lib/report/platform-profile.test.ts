import { expect, test } from 'vitest'
import { profileFor, withoutStated } from './platform-profile.ts'
import type { RunProfile } from './run-profile.ts'

const profile: RunProfile = {
  command: ['serve'],
  env: { A: '1', B: '2' },
  files: { '/a': '1' },
  timeoutMs: 9_000,
  platforms: {
    ppc64el: { timeoutMs: 300_000, env: { B: '3' }, files: { '/b': '2' } },
    'linux/s390x': { entrypoint: ['/other'] },
  },
}

test.each<[string, RunProfile]>([
  ['linux/amd64', { command: ['serve'], env: { A: '1', B: '2' }, files: { '/a': '1' }, timeoutMs: 9_000 }],
  [
    'linux/ppc64le',
    { command: ['serve'], env: { A: '1', B: '3' }, files: { '/a': '1', '/b': '2' }, timeoutMs: 300_000 },
  ],
  [
    'linux/s390x',
    { entrypoint: ['/other'], env: { A: '1', B: '2' }, files: { '/a': '1' }, timeoutMs: 9_000 },
  ],
])('%s has its own fields in place of the others', (platform, expected) => {
  expect(profileFor(profile, platform)).toEqual(expected)
})

test('what a run states for all platforms wins over what a profile says of one', () => {
  expect(withoutStated(profile.platforms ?? {}, { timeoutMs: 1_000, env: { B: '4' } })).toEqual({
    ppc64el: { env: {}, files: { '/b': '2' } },
    'linux/s390x': { entrypoint: ['/other'] },
  })
})
