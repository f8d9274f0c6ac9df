import { expect, test } from 'vitest'
import { sideNames } from './side-names.ts'

const side = (reference: string, platform?: string) => ({
  reference,
  pinned: reference,
  digest: 'sha256:1',
  ...(platform === undefined ? {} : { platform }),
})

test.each([
  [side('a/b:1', 'linux/amd64'), side('a/b:1', 'linux/s390x'), ['linux/amd64', 'linux/s390x']],
  [side('q.io/a/b:1', 'linux/amd64'), side('q.io/a/b:2', 'linux/amd64'), ['b:1', 'b:2']],
  [side('q.io/a/b:1'), side('docker.io/x/b:1'), ['q.io/a/b:1', 'docker.io/x/b:1']],
  [side(`q.io/b@sha256:${'a'.repeat(64)}`), side('q.io/b:2'), [`b@sha256:${'a'.repeat(12)}…`, 'b:2']],
])('sides are called by what tells them apart', (from, to, [first, second]) =>
  expect(sideNames({ from, to })).toEqual({ from: first, to: second }),
)
