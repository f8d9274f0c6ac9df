import { expect, test } from 'vitest'
import { readRunFilter, readRunList } from './runs-params.ts'

test.each([
  ['', {}],
  ['state=active', { state: 'active' }],
  ['verdict=failed', { verdict: 'failed' }],
  ['verdict=great&state=active', {}],
  ['repository=nginx', { repository: 'docker.io/library/nginx' }],
  ['verdict=passed&repository=quay.io/a/b', { verdict: 'passed', repository: 'quay.io/a/b' }],
  ['repository=not a repository', {}],
])('the address “%s” asks for %o', (address, list) => {
  expect(readRunList(new URLSearchParams(address))).toEqual(list)
})

test('the filter that is on has a name', () => {
  expect(readRunFilter(new URLSearchParams('verdict=skipped')).text).toBe('Skipped')
  expect(readRunFilter(new URLSearchParams()).text).toBe('Every run')
})
