import { expect, test } from 'vitest'
import { submitCommand, unprovenPlatforms } from './submit-command.ts'

test('runs the digest, each platform by name', () =>
  expect(
    submitCommand({ pinned: 'r.example/app@sha256:aa' }, ['linux/ppc64le', 'linux/s390x'], "'http://a'"),
  ).toBe(
    "archway validate r.example/app@sha256:aa \\\n  --platform linux/ppc64le --platform linux/s390x \\\n  --submit 'http://a'",
  ))

test('what was emulated, skipped or lost may be run elsewhere; what the image lacks may not', () => {
  const job = (platform: string, mode?: 'native' | 'emulated') => ({
    platform,
    digest: 'sha256:aa',
    ...(mode ? { execution: { mode } as never } : {}),
  })
  const jobs = [
    job('linux/amd64', 'native'),
    job('linux/ppc64le', 'emulated'),
    job('linux/s390x'),
    { platform: 'linux/riscv64' },
  ]
  expect(unprovenPlatforms({ jobs })).toEqual(['linux/ppc64le', 'linux/s390x'])
})
