import { diffResponse } from '#lib/api/diff.ts'
import { imageResponse } from '#lib/api/image.ts'
import { tagsResponse } from '#lib/api/tags.ts'
import { expect, test } from './fixtures.ts'

test('a thousand tags come resolved in one answer, and again at once', async ({ request, world }) => {
  const params = { repository: world.many.reference, limit: 1000 }
  const answer = tagsResponse.parse(await (await request.get('/api/v1/tags', { params })).json())
  expect(answer.complete).toBe(true)
  expect(answer.tags).toHaveLength(1000)
  const digests = new Map(answer.tags.map((tag) => [tag.name, tag.digest]))
  for (const { tag, digest } of world.many.tags) expect(digests.get(tag)).toBe(digest)
  const missing = answer.tags.filter((tag) => !tag.platforms.includes('linux/ppc64le')).map((tag) => tag.name)
  expect(missing.sort()).toEqual([...world.many.withoutPower].sort())
})

test('pages follow one another to the end', async ({ request, world }) => {
  const names: string[] = []
  let cursor: string | undefined
  do {
    const params = { repository: world.sample.reference, limit: 30, ...(cursor ? { cursor } : {}) }
    const page = tagsResponse.parse(await (await request.get('/api/v1/tags', { params })).json())
    names.push(...page.tags.map((tag) => tag.name))
    cursor = page.nextCursor
  } while (cursor)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('1.0.0')
  expect(names).toContain('1.27.0-ppc64le')
})

test('an image answers in the contract’s shape, platform by platform', async ({ request, world }) => {
  const { newest } = world.sample
  const answer = imageResponse.parse(
    await (await request.get('/api/v1/images', { params: { ref: newest.reference } })).json(),
  )
  expect(answer.digest).toBe(newest.digest)
  expect(answer.platforms.map((row) => row.platform)).toEqual([
    'linux/amd64',
    'linux/arm64',
    'linux/ppc64le',
    'linux/s390x',
  ])
  expect(answer.platforms.every((row) => row.presence === 'present' && row.config?.agrees)).toBe(true)
})

test('raw manifests are the registry’s own bytes', async ({ request, world }) => {
  const { newest } = world.sample
  const response = await request.get('/api/v1/images/manifest', { params: { ref: newest.reference } })
  expect(response.headers()['docker-content-digest']).toBe(newest.digest)
  const { createHash } = await import('node:crypto')
  expect(
    `sha256:${createHash('sha256')
      .update(await response.body())
      .digest('hex')}`,
  ).toBe(newest.digest)
})

test('events bring every row and end', async ({ world }) => {
  const response = await fetch(`${world.dashboardUrl}/api/v1/tags/events?repository=${world.odd.reference}`)
  const text = await response.text()
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(text).toContain('event: summary')
  expect(text.trimEnd()).toMatch(/event: done\ndata: \{\}$/)
})

test.describe('what cannot be answered is problem+json', () => {
  const cases = [
    ['/api/v1/tags', 400, 'request_invalid'],
    ['/api/v1/tags?repository=Upper/Case', 400, 'reference_invalid'],
    ['/api/v1/tags?repository=a&limit=0', 400, 'request_invalid'],
    ['/api/v1/tags?repository=127.0.0.1:1/a', 502, 'registry_unavailable'],
    ['/api/v1/tags?repository=169.254.169.254/a', 403, 'address_refused'],
    ['/api/v1/images?ref=a@sha256:1', 400, 'digest_invalid'],
    ['/api/v1/images?ref=oci:/etc', 403, 'layout_refused'],
    ['/api/v1/images?ref=oci:samples/multiarch-app/../..', 403, 'layout_refused'],
    ['/api/v1/images?ref=oci:samples/multiarch-app:gone', 404, 'manifest_unknown'],
    ['/api/v1/tags/details?repository=a', 400, 'request_invalid'],
  ] as const
  for (const [path, status, code] of cases) {
    test(path, async ({ request }) => {
      const response = await request.get(path)
      expect(response.status()).toBe(status)
      expect(response.headers()['content-type']).toContain('application/problem+json')
      expect(await response.json()).toMatchObject({ status, code })
    })
  }
})

test('another site cannot change anything, nor call the server by a name of its own', async ({ world }) => {
  const put = await fetch(`${world.dashboardUrl}/api/v1/repositories`, {
    method: 'PUT',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: JSON.stringify({ repository: 'quay.io/a/b', pinned: true }),
  })
  expect(put.status).toBe(400)
  const { request } = await import('node:http')
  const status = await new Promise((resolve, reject) => {
    request(
      `${world.dashboardUrl}/api/v1/repositories`,
      { headers: { host: 'evil.example' } },
      (response) => {
        response.resume()
        resolve(response.statusCode)
      },
    )
      .on('error', reject)
      .end()
  })
  expect(status).toBe(421)
})

test('layers are looked into by the server as it is built', async ({ request }) => {
  const query = 'ref=oci:samples/multiarch-app&platform=linux/ppc64le'
  const files = await (await request.get(`/api/v1/images/files?${query}`)).json()
  expect(files).toMatchObject({ complete: true, total: 1, entries: [{ path: 'app', type: 'file' }] })
  const { machines } = await (await request.get(`/api/v1/images/binaries?${query}`)).json()
  expect(machines).toMatchObject([{ agrees: 'matches', count: 1 }])
})

interface ContractCall {
  readonly parameters?: readonly { readonly name: string; readonly required?: boolean }[]
}

test('the contract is served, and every call in it answers', async ({ request }) => {
  const contract = await (await request.get('/api/openapi.json')).json()
  expect(contract.openapi).toBe('3.1.0')
  for (const [path, { get }] of Object.entries<{ get?: ContractCall }>(contract.paths)) {
    if (get === undefined) continue
    const isOfOne = path.includes('{')
    const asked = get.parameters?.some(({ name, required }) => name === 'platform' && required)
    const params = isOfOne && asked ? { platform: 'linux/amd64' } : {}
    const response = await request.get(path.replace(/\{\w+\}/g, 'nothing-of-this-name'), { params })
    expect(isOfOne ? [404] : [200, 400], path).toContain(response.status())
    // A page of Next for a route that is not there would be HTML.
    if (isOfOne) expect((await response.json()).code, path).toBe('not_found')
  }
  expect((await request.get('/api/health')).status()).toBe(200)
})

test('a comparison answers along all three axes', async ({ request, world }) => {
  const [from, to] = [world.matrix.skewed.reference, world.matrix.even.reference]
  const ask = async (params: Record<string, string>) =>
    diffResponse.parse(await (await request.get('/api/v1/diff', { params })).json())
  const platforms = await ask({ from, fromPlatform: 'linux/amd64', toPlatform: 'linux/ppc64le' })
  expect(platforms).toMatchObject({ axis: 'platforms', to: { platform: 'linux/ppc64le' }, complete: true })
  const references = await ask({ from, to, fromPlatform: 'linux/ppc64le' })
  expect(references).toMatchObject({
    axis: 'references',
    from: { platform: 'linux/ppc64le' },
    complete: true,
  })
  expect(references.packages?.some(({ name }) => name === 'libapp')).toBe(true)
  const indexes = await ask({ from, to })
  expect(indexes.axis).toBe('indexes')
  expect(indexes.coverage?.filter(({ change }) => change === 'same')).toHaveLength(2)
})
