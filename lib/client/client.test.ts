import { afterEach, expect, test, vi } from 'vitest'
import { fetchJson } from './fetch-json.ts'
import {
  imagePath,
  reportPath,
  repositoryPath,
  runPath,
  sharePath,
  tagPath,
  validatePath,
} from './page-paths.ts'
import { ProblemError, problemOf } from './problem-error.ts'
import { queryString } from './query-string.ts'
import { applyUpdate } from './repository-queries.ts'
import { runsCallPath } from './run-queries.ts'
import { tagListPath, tagWindowPath } from './tag-list.ts'

const list = { repository: 'quay.io/power/app', sort: 'version', order: 'desc' } as const

test.each([
  [{}, ''],
  [{ a: undefined, b: '' }, ''],
  [
    { repository: 'localhost:5000/a/b', missing: 'linux/arm64' },
    '?repository=localhost:5000/a/b&missing=linux/arm64',
  ],
  [{ tag: ['a', 'b'], n: 3, yes: true }, '?tag=a&tag=b&n=3&yes=true'],
  [{ q: 'a&b=c #+%' }, '?q=a%26b%3Dc%20%23%2B%25'],
])('a query string of %o is %s', (params, text) => {
  expect(queryString(params)).toBe(text)
  expect(new URLSearchParams(text).get('q') ?? '').toBe('q' in params ? params.q : '')
})

test('pages are addressed by what they show', () => {
  expect(repositoryPath('quay.io/power/app')).toBe('/tags?repository=quay.io/power/app')
  expect(tagPath('quay.io/power/app', '1.2')).toBe('/image?ref=quay.io/power/app:1.2')
  expect(imagePath('oci:samples/multiarch-app')).toBe('/image?ref=oci:samples/multiarch-app')
})

test('runs, reports and shares have pages, and so has what will be run', () => {
  expect([runPath('r1'), reportPath('r1'), sharePath('t')]).toEqual(['/runs/r1', '/reports/r1', '/share/t'])
  expect(validatePath('quay.io/power/app:1.2')).toBe('/validate?ref=quay.io/power/app:1.2')
  expect(validatePath('app', ['linux/amd64', 'linux/arm64'])).toBe(
    '/validate?ref=app&platform=linux/amd64&platform=linux/arm64',
  )
  expect(runsCallPath()).toBe('/api/v1/runs')
  expect(runsCallPath({ repository: 'quay.io/power/app', state: 'active' })).toBe(
    '/api/v1/runs?repository=quay.io/power/app&state=active',
  )
})

test('the call for a list leaves defaults out; the call for a window adds what the table needs', () => {
  expect(tagListPath(list)).toBe('/api/v1/tags?repository=quay.io/power/app')
  expect(tagListPath({ ...list, q: '1.2', missing: 'linux/ppc64le', sort: 'name', order: 'asc' })).toBe(
    '/api/v1/tags?repository=quay.io/power/app&q=1.2&missing=linux/ppc64le&sort=name&order=asc',
  )
  expect(tagWindowPath(list, 0)).toBe(
    '/api/v1/tags?repository=quay.io/power/app&group=true&wait=false&limit=100',
  )
  expect(tagWindowPath(list, 3)).toMatch(/&limit=100&cursor=300$/)
})

test('pinning moves a repository behind the other pinned ones, unpinning before the recent ones', () => {
  const entry = (repository: string, pinned: boolean) => ({ repository, pinned })
  const before = { repositories: [entry('a', true), entry('b', false), entry('c', false)] }
  expect(
    applyUpdate(before, { repository: 'c', pinned: true }).repositories.map((e) => e.repository),
  ).toEqual(['a', 'c', 'b'])
  expect(applyUpdate(before, { repository: 'a', pinned: false }).repositories).toEqual([
    entry('a', false),
    entry('b', false),
    entry('c', false),
  ])
  expect(
    applyUpdate(before, { repository: 'b', remove: true }).repositories.map((e) => e.repository),
  ).toEqual(['a', 'c'])
  expect(applyUpdate(before, { repository: 'new', pinned: true }).repositories[1]).toEqual(entry('new', true))
})

afterEach(() => vi.unstubAllGlobals())

function answer(body: string, init: ResponseInit) {
  vi.stubGlobal('fetch', async () => new Response(body, init))
}

test('a problem the server tells arrives as it was told', async () => {
  const problem = { type: 'urn:x', title: 'Sign-in needed', status: 401, detail: 'No.', code: 'unauthorised' }
  answer(JSON.stringify(problem), { status: 401 })
  await expect(fetchJson('/x')).rejects.toThrow(ProblemError)
  expect(problemOf(await fetchJson('/x').catch((error: unknown) => error))).toEqual(problem)
})

test.each([
  ['an HTML error page', '<html>', { status: 502 }, 'answer_unintelligible'],
  ['success that is no JSON', '<html>', { status: 200 }, 'answer_unintelligible'],
])('%s is a problem with a next step', async (_, body, init, code) => {
  answer(body, init)
  const problem = problemOf(await fetchJson('/x').catch((error: unknown) => error))
  expect(problem.code).toBe(code)
  expect(problem.hint).toBeTruthy()
})

test('a server that is gone is told apart from an abort by the caller', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('fetch failed')
  })
  expect(problemOf(await fetchJson('/x').catch((error: unknown) => error)).code).toBe('server_unreachable')
  const signal = AbortSignal.abort()
  await expect(fetchJson('/x', { signal })).rejects.not.toThrow(ProblemError)
})
