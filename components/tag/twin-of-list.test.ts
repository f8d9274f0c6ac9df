import { expect, test } from 'vitest'
import { twinOfList } from './twin-of-list.ts'

const list = { repository: 'quay.io/power/app', sort: 'version', order: 'desc' } as const

test('the twin says what the page shows, defaults left out', () => {
  expect(twinOfList(list)).toEqual({
    cli: 'archway tags quay.io/power/app',
    api: '/api/v1/tags?repository=quay.io/power/app',
  })
})

test('every filter is in both, quoted where a shell needs it', () => {
  expect(
    twinOfList({ ...list, q: "it's", missing: 'linux/ppc64le', platform: 'linux/amd64', sort: 'name' }),
  ).toEqual({
    cli: "archway tags quay.io/power/app --missing linux/ppc64le --platform linux/amd64 --filter 'it'\\''s' --sort name",
    api: "/api/v1/tags?repository=quay.io/power/app&q=it's&missing=linux/ppc64le&platform=linux/amd64&sort=name",
  })
})
