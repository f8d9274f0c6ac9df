import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHistoryStory, STORY } from '#e2e/lab/history-story.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { startDashboard } from '../lab/dashboard.ts'
import { type ReportWorld, startReportWorld } from '../specs/report-world.ts'

const packages = await ensurePackages(['registry', 'engine', 'junit'])
const missing = packages.reason('registry') ?? packages.reason('engine')
const noXml = packages.reason('junit')

const MAIN = path.resolve(import.meta.dirname, '../../lib/cli/main.ts')
const [AMD64, POWER, Z] = ['linux/amd64', 'linux/ppc64le', 'linux/s390x']

/** As shields.io documents what its endpoint badge reads; more than that is an error there. */
const SHIELDS = new Ajv().compile({
  type: 'object',
  required: ['schemaVersion', 'label', 'message'],
  additionalProperties: false,
  properties: {
    schemaVersion: { const: 1 },
    label: { type: 'string' },
    message: { type: 'string', minLength: 1 },
    color: { type: 'string' },
    labelColor: { type: 'string' },
    isError: { type: 'boolean' },
    namedLogo: { type: 'string' },
    logoSvg: { type: 'string' },
    logoColor: { type: 'string' },
    logoSize: { type: 'string' },
    style: { type: 'string' },
    cacheSeconds: { type: 'number' },
  },
})

describe.skipIf(missing)(`badges and history of real runs ${missing ?? ''}`, () => {
  let folder: string
  let world: ReportWorld
  let story: Awaited<ReturnType<typeof openHistoryStory>>
  let repository: string
  const reports: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'archway-badges-'))
    world = await startReportWorld(folder)
    story = await openHistoryStory(world.lab)
    for (const [tag, platforms] of Object.entries(STORY)) {
      const ref = await story.push(tag, platforms)
      repository = ref.slice(0, -tag.length - 1)
      reports.push((await world.run({ ref })).id)
    }
  }, 120_000)
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const call = (tag: string, platform?: string, format = 'svg', base = world.url) =>
    fetch(
      `${base}/api/v1/badge?${new URLSearchParams({ ref: `${repository}:${tag}`, ...(platform ? { platform } : {}), format })}`,
    )
  const shields = async (tag: string, platform?: string) => (await call(tag, platform, 'shields')).json()

  test.each([
    ['1.0', AMD64, 'validated natively'],
    ['1.0', POWER, 'validated, emulated'],
    ['1.0', undefined, 'validated, emulated'],
    ['1.1', POWER, 'failed'],
    ['1.1', AMD64, 'validated natively'],
    ['1.1', undefined, 'failed'],
    ['1.2', Z, 'missing'],
    ['1.2', undefined, 'validated, emulated'],
    ['9.9', AMD64, 'not validated'],
  ])('%s on %s is %s', async (tag, platform, message) => {
    const badge = await shields(tag, platform)
    expect(badge).toMatchObject({ label: platform ?? 'multi-arch', message })
    expect(SHIELDS(badge) || SHIELDS.errors).toBe(true)
    const response = await call(tag, platform)
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    const svg = await response.text()
    expect(svg).toContain(`aria-label="${platform ?? 'multi-arch'}: ${message}"`)
    if (noXml) return
    const file = path.join(folder, 'badge.svg')
    await writeFile(file, svg)
    const { stdout } = await promisify(execFile)('xmllint', ['--nonet', '--xpath', 'name(/*)', file])
    expect(stdout.trim()).toBe('svg')
  })

  test('it is kept for a while, asked for again by its tag, and nothing in it may run', async () => {
    const first = await call('1.0', AMD64)
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('public, max-age=300')
    expect(first.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    const again = await fetch(first.url, { headers: { 'If-None-Match': `"x", W/${etag}` } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const head = await fetch(first.url, { method: 'HEAD' })
    expect([head.status, head.headers.get('etag')]).toEqual([200, etag])
    expect((await fetch(first.url, { method: 'POST' })).status).toBe(405)
  })

  test('a server for this machine alone is measured by no other site; one for all is', async () => {
    expect((await call('1.0', AMD64)).headers.get('cross-origin-resource-policy')).toBe('same-site')
    await using open = await startDashboard({ env: { HOST: '0.0.0.0', ARCHWAY_AUTH: 'none' } })
    const base = open.url.replace('localhost', '127.0.0.1')
    const response = await call('1.0', AMD64, 'shields', base)
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(await response.json()).toMatchObject({ message: 'not validated', color: 'lightgrey' })
  })

  test.each([
    ['ref=a//b', 'reference_invalid'],
    ['ref=app&platform=a/b/c/d', 'platform_invalid'],
    ['ref=app&format=png', 'request_invalid'],
    ['', 'request_invalid'],
  ])('%s is a problem, not a picture', async (query, code) => {
    const response = await fetch(`${world.url}/api/v1/badge?${query}`)
    expect([response.status, (await response.json()).code]).toEqual([400, code])
  })

  test('history tells what changed where, from the server and on the command line', async () => {
    const answer = await (
      await fetch(`${world.url}/api/v1/history?${new URLSearchParams({ repository })}`)
    ).json()
    expect(answer).toMatchObject({
      platforms: [AMD64, POWER, Z],
      tags: ['1.2', '1.1', '1.0'],
      runs: [
        {
          tag: '1.2',
          verdict: 'passed',
          cells: [
            { outcome: 'passed', mode: 'native' },
            { outcome: 'passed', mode: 'emulated', change: { was: 'failed', from: reports[1] } },
            { outcome: 'absent', change: { was: 'passed', from: reports[1], tag: '1.1' } },
          ],
        },
        { tag: '1.1', cells: [{}, { outcome: 'failed', change: { from: reports[0] } }, {}] },
        { tag: '1.0', verdict: 'passed' },
      ],
      streaks: [
        { platform: AMD64, outcome: 'passed', runs: 3, isWhole: true, oldest: { tag: '1.0' } },
        { platform: POWER, outcome: 'passed', runs: 1 },
        { platform: Z, outcome: 'absent', runs: 1, oldest: { tag: '1.2' } },
      ],
    })
    const env = { PATH: process.env.PATH, HOME: folder, ARCHWAY_DATA: folder, NODE_ENV: 'test' as const }
    const run = (...words: string[]) => promisify(execFile)(process.execPath, [MAIN, ...words], { env })
    const of = (tag: string) => ['badge', `${repository}:${tag}`, '--platform', 'ppc64le']
    const [history, badge, local, remote] = await Promise.all([
      run('history', repository, '--platform', 'ppc64le'),
      run(...of('1.1'), '--server', 'https://a.example/'),
      run(...of('1.1'), '--svg', '-'),
      run(...of('1.0'), '--json', '--server', world.url),
    ])
    expect(history.stdout).toMatch(/1\.1 +\w+ +failed +failed/)
    expect(history.stdout).toContain(
      `* since 1.1, ${POWER}: passed → failed  (archway compare ${reports[0]} ${reports[1]})`,
    )
    expect(history.stdout).toContain(`${POWER}: passed since 1.2, 1 in a row, now emulated`)
    expect(badge.stdout).toMatch(
      /^\[!\[linux\/ppc64le\]\(https:\/\/a\.example\/api\/v1\/badge\?ref=\S+:1\.1&platform=linux\/ppc64le\)\]\(\S+\)\n$/,
    )
    expect(local.stdout).toContain('aria-label="linux/ppc64le: failed"')
    expect(JSON.parse(remote.stdout)).toEqual(await shields('1.0', POWER))
  }, 60_000)

  test('when the tag moves the badge goes stale, and what the new image lacks is missing', async () => {
    const ref = await story.push('1.0', ['amd64'])
    await fetch(`${world.url}/api/v1/images?${new URLSearchParams({ ref })}`)
    expect(await shields('1.0', AMD64)).toMatchObject({ message: 'stale' })
    expect(await shields('1.0', POWER)).toMatchObject({ message: 'missing' })
    await world.run({ ref })
    expect(await shields('1.0', AMD64)).toMatchObject({ message: 'validated natively' })
    expect(await shields('1.0')).toMatchObject({ message: 'validated natively' })
  })
})
