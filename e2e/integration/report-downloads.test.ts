import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS } from '#lib/report/render/format-list.ts'

const SECRET = 'hunter2-hunter2'
const testTimeoutMs = 30_000

describe('documents of a report, from the server', () => {
  let dashboard: RunningDashboard
  /** Of a run that no engine could make: it is over at once, and green nowhere. */
  let report: string
  let share: string
  beforeAll(async () => {
    dashboard = await startDashboard({ env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } })
    const { id } = await call('/api/v1/runs', 'POST', {
      ref: 'oci:samples/multiarch-app',
      profile: { env: { TOKEN: SECRET } },
    })
    report = `/api/v1/reports/${id}`
    await vi.waitFor(async () => expect((await ask(report)).status).toBe(200), testTimeoutMs)
    const { shares } = await call(`${report}/shares`, 'POST')
    share = `/api/v1/shares/${shares[0].token}`
  }, testTimeoutMs)
  afterAll(() => dashboard?.[Symbol.asyncDispose]())

  const ask = (path: string, init?: RequestInit) => fetch(`${dashboard.url}${path}`, init)
  async function call(path: string, method: string, body?: unknown) {
    const answer = await ask(path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return answer.json()
  }

  test.each(REPORT_FORMAT_NAMES)('%s, behind the link the same, environment values masked', async (name) => {
    const { extension, mediaType } = REPORT_FORMATS[name]
    const answer = await ask(`${report}.${extension}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(mediaType)
    expect(answer.headers.get('content-disposition')).toMatch(
      new RegExp(
        `^${name === 'html' ? 'inline' : 'attachment'}; filename="archway-report-\\w+\\.${extension}"$`,
      ),
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const text = await answer.text()
    expect(text).not.toContain(SECRET)
    expect(text).toContain('No engine was found')
    expect(await (await ask(`${share}.${extension}`)).text()).toBe(text)
  })

  test('the page is served in a sandbox, whatever Archway’s own pages may do', async () => {
    for (const path of [`${report}.html`, `${share}.html`])
      expect((await ask(path)).headers.get('content-security-policy')).toMatch(
        /^sandbox; default-src 'none';/,
      )
    expect((await ask(report)).headers.get('content-security-policy')).not.toContain('sandbox')
  })

  test('the JSON as a file: whole for those who may use Archway, masked behind the link', async () => {
    expect(await (await ask(`${report}.json`)).text()).toContain(SECRET)
    expect(await (await ask(`${share}.json`)).text()).not.toContain(SECRET)
  })

  test('compared with itself nothing changed; with one that is not there it is not compared', async () => {
    const id = report.split('/').at(-1)
    const compare = (to = '') => ask(`/api/v1/reports/compare?from=${id}&to=${to}`)
    const answer = await compare(id)
    expect(await answer.json()).toMatchObject({ outcome: 'same', cautions: [], from: { id }, to: { id } })
    expect((await compare('nope')).status).toBe(404)
    expect((await compare()).status).toBe(400)
  })

  test('what is not there is said to be not there', async () => {
    for (const path of ['/api/v1/reports/nope.html', `${report}.pdf`, '/api/v1/shares/nope.md'])
      expect((await ask(path)).status).toBe(404)
  })

  test('a revoked link has no documents either', async () => {
    await ask(share, { method: 'DELETE' })
    expect((await ask(`${share}.html`)).status).toBe(404)
    expect((await ask(`${report}.html`)).status).toBe(200)
  })

  test('the schema of reports is published', async () => {
    const answer = await ask('/api/report.schema.json')
    expect(answer.headers.get('content-type')).toBe('application/schema+json')
    expect(await answer.json()).toMatchObject({ $id: 'urn:archway:report:1', title: 'Archway report' })
  })
})
