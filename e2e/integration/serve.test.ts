import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDashboard } from '#e2e/lab/dashboard.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
/** What a supervisor may expect; the dashboard gives open requests two of these seconds. */
const STOPPED_WITHIN_MS = 10_000

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-serve-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

/** Runs `archway serve` where it must end by itself. */
function serve(env: Readonly<Record<string, string>>): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['lib/cli/archway.mjs', 'serve'],
      { cwd: PROJECT_ROOT, env: { ...process.env, ARCHWAY_DATA: dataDir, ...env }, timeout: 20_000 },
      (error, _stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stderr }),
    )
  })
}

describe('archway serve says what to change and ends with 2', () => {
  test('when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await serve({ PORT: String(port) })
    other.close()
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`)
    expect(stderr).toContain('PORT=')
    expect(code).toBe(2)
  })

  test('when it would serve the network and nobody said how people sign in', async () => {
    const { code, stderr } = await serve({ HOST: '0.0.0.0', PORT: '0' })
    expect(stderr).toContain('ARCHWAY_AUTH=none')
    expect(code).toBe(2)
  })

  test('when settings are wrong, all of them at once', async () => {
    const { code, stderr } = await serve({ PORT: 'http', ARCHWAY_AUTH: 'maybe' })
    expect(stderr).toMatch(/^PORT must be .*\nARCHWAY_AUTH must be /m)
    expect(code).toBe(2)
  })

  test('when the data folder cannot be made', async () => {
    const { code, stderr } = await serve({ PORT: '0', ARCHWAY_DATA: '/dev/null/archway' })
    expect(stderr).toContain('ARCHWAY_DATA')
    expect(code).toBe(2)
  })
})

test('a stop is done within three seconds although an event stream is open', async () => {
  await using dashboard = await startDashboard({ dataDir })
  const stream = await fetch(
    `${dashboard.url}/api/v1/tags/events?repository=${encodeURIComponent('oci:samples/multiarch-app')}`,
  )
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const drained = stream.text().catch(() => 'cut')
  const started = performance.now()
  await dashboard.stop()
  expect(performance.now() - started).toBeLessThan(STOPPED_WITHIN_MS)
  await drained
})

test('every page carries the security headers and no trace of the framework', async () => {
  await using dashboard = await startDashboard({ dataDir })
  for (const path of ['/', '/api/health']) {
    const { headers } = await fetch(`${dashboard.url}${path}`)
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-powered-by')).toBeNull()
  }
})

test('what no caller should send is refused at its edge, and costs next to nothing', async () => {
  await using dashboard = await startDashboard({ dataDir })
  const memoryKiB = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${dashboard.pid}/status`, 'utf8'))?.[1])
  const runs = `${dashboard.url}/api/v1/runs`
  expect((await fetch(runs, { method: 'POST', body: '{}' })).status).toBe(400)
  const beforeKiB = memoryKiB()
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1 << 20)),
  })
  const endless = { method: 'POST', body, duplex: 'half' } as RequestInit
  const refused = await fetch(runs, endless).then(
    (response) => response.status,
    () => 'cut off',
  )
  expect([400, 'cut off']).toContain(refused)
  expect(memoryKiB() - beforeKiB).toBeLessThan(100_000)
  for (const path of ['/api/v1/runs/%E0%A4%A', '/runs/%', '/share/%FF']) {
    expect((await fetch(dashboard.url + path)).status).toBe(400)
  }
  const nul = { ref: 'oci:samples/multiarch-app', profile: { command: ['a\0b'] } }
  expect((await fetch(runs, { method: 'POST', body: JSON.stringify(nul) })).status).toBe(400)
})
