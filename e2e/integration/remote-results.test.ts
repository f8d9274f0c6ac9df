import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import type { RunImageName } from '#e2e/lab/run-images/run-image.ts'
import { RESULT_MAX_BYTES, SIGNATURE_HEADER, signCall } from '#lib/api/remote-results.ts'
import type { RunDto } from '#lib/api/runs.ts'
import type { ReportJob } from '#lib/report/model.ts'
import { type EngineWorld, startEngineWorld } from './engine-world.ts'
import { type RunApi, runApi } from './run-api.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const testTimeoutMs = 120_000
const main = path.resolve(import.meta.dirname, '../../lib/cli/main.ts')
const P = 'linux/ppc64le'

describe.skipIf(reason)(`a run that waits for results from elsewhere ${reason ?? ''}`, () => {
  let world: EngineWorld
  let home: string
  let server: RunningDashboard
  let api: RunApi
  beforeAll(async () => {
    world = await startEngineWorld()
    home = await mkdtemp(path.join(os.tmpdir(), 'archway-elsewhere-'))
    await start()
  }, testTimeoutMs)
  afterAll(async () => {
    await server?.stop()
    await world?.[Symbol.asyncDispose]()
    await rm(home, { recursive: true, force: true })
  }, testTimeoutMs)

  async function start() {
    server = await startDashboard({
      dataDir: path.join(home, 'server'),
      env: { DOCKER_HOST: world.labEngine.dockerHost },
    })
    api = runApi(server.url)
  }
  const image = (name: RunImageName) => `${world.images.reference}:${name}`
  const jobOf = (run: RunDto, platform = P) => run.jobs.find((job) => job.platform === platform)

  async function startWaiting(name: RunImageName, more: object = {}) {
    const id = await api.start({ ref: image(name), waitFor: [P], ...more })
    const { awaits } = await api.get(id)
    return { id, submitUrl: `${server.url}${awaits?.submitUrl}`, key: awaits?.submitUrl.split('=')[1] ?? '' }
  }

  /** The other machine: nothing of the server's but the URL. */
  async function elsewhere(...args: readonly string[]) {
    const child = spawn(process.execPath, [main, 'validate', ...args], {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        HOME: home,
        ARCHWAY_DATA: path.join(home, 'runner'),
        DOCKER_HOST: world.labEngine.dockerHost,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [exitCode] = await ended
    return { exitCode, stdout, stderr }
  }

  /** A call that is signed by hand. */
  async function post(id: string, key: string, body: string) {
    const response = await fetch(`${server.url}/api/v1/runs/${id}/results`, {
      method: 'POST',
      headers: { [SIGNATURE_HEADER]: signCall(key, { method: 'POST', runId: id, body }) },
      body,
    })
    return { status: response.status, body: (await response.json()) as { code?: string; verdict?: string } }
  }
  const result = (run: RunDto, job: Partial<ReportJob>) =>
    JSON.stringify({
      digest: run.digest,
      by: 'ci@power-10',
      archway: '0.0.0',
      job: {
        platform: P,
        digest: jobOf(run)?.digest,
        state: 'finished',
        ending: { verdict: 'failed', reason: 'exit-code', evidence: { exitCode: 1, expectedExitCode: 0 } },
        truths: {},
        steps: [],
        findings: [],
        ...job,
      },
    })

  test('goes on with what the other machine sends; the report says who', {
    timeout: testTimeoutMs,
  }, async () => {
    const { id, submitUrl } = await startWaiting('both', { profile: { expectOutput: 'out 2' } })
    const waiting = await api.until(id, (run) => jobOf(run, 'linux/amd64')?.state === 'finished')
    expect(jobOf(waiting)).toMatchObject({ state: 'waiting', phase: 'waiting' })
    expect(waiting.state).toBe('running')
    const { exitCode, stderr } = await elsewhere(image('both'), '--platform', P, '--submit', submitUrl)
    expect(exitCode, stderr).toBe(0)
    expect(stderr).toContain(`archway: sent ${P}, passed, to ${server.url}/runs/${id}`)
    const run = await api.untilOver(id)
    expect(run).toMatchObject({ verdict: 'passed' })
    expect(run.awaits).toBeUndefined()
    const report = await api.report(id)
    const job = report.jobs.find(({ platform }) => platform === P)
    expect(job).toMatchObject({
      verdict: 'passed',
      submitted: { by: `${os.userInfo().username}@${os.hostname()}` },
      execution: {
        engine: expect.stringContaining(', submitted by '),
        output: expect.stringContaining('out 2'),
      },
    })
    expect(report.jobs.find(({ platform }) => platform === 'linux/amd64')?.submitted).toBeUndefined()
    expect(JSON.stringify(report)).not.toContain(submitUrl.split('=')[1])

    const again = await elsewhere(image('both'), '--platform', P, '--submit', submitUrl)
    expect(again.exitCode).toBe(2)
    expect(again.stderr).toContain('The run waits for nothing any more')
  })

  test('refuses what is not meant for it, and goes on waiting', { timeout: testTimeoutMs }, async () => {
    const { id, submitUrl, key } = await startWaiting('both')
    const wrongKey = submitUrl.replace(/.{43}$/, 'x'.repeat(43))
    const cases: [readonly string[], number, string][] = [
      [[image('both'), '--submit', wrongKey], 2, 'not signed with the key of the run'],
      [[image('both'), '--submit', `${server.url}/runs/${id}`], 64, 'the whole URL'],
      [[image('exit'), '--submit', submitUrl], 2, 'the run is pinned to sha256:'],
      [[image('both'), '--platform', 'linux/amd64', '--submit', submitUrl], 2, 'not for linux/amd64'],
      [[image('both'), '--env', 'A=b', '--submit', submitUrl], 64, 'the run says what is expected'],
    ]
    for (const [args, code, message] of cases) {
      const { exitCode, stderr } = await elsewhere(...args)
      expect(stderr).toContain(message)
      expect(exitCode).toBe(code)
    }
    const run = await api.get(id)
    const other = `sha256:${'0'.repeat(64)}`
    expect(await post(id, key, result({ ...run, digest: other }, {}))).toMatchObject({
      status: 422,
      body: { code: 'submission_mismatch' },
    })
    expect(await post(id, key, result(run, { digest: other }))).toMatchObject({ status: 422 })
    expect(await post(id, key, result(run, { platform: 'linux/amd64' }))).toMatchObject({ status: 422 })
    expect(await post(id, key, result(run, { state: 'cancelled' }))).toMatchObject({ status: 422 })
    expect(
      await post(
        id,
        key,
        result(run, { ending: { verdict: 'passed', reason: 'as-expected', evidence: {} } }),
      ),
    ).toMatchObject({ status: 422 })
    expect(await post(id, key, '{"job":7}')).toMatchObject({ status: 400, body: { code: 'request_invalid' } })
    expect(await post(id, key, 'x'.repeat(RESULT_MAX_BYTES + 1))).toMatchObject({ status: 400 })
    expect(await post(id, 'x'.repeat(43), result(run, {}))).toMatchObject({
      status: 403,
      body: { code: 'submission_refused' },
    })
    expect(await post('0000000000000000', key, result(run, {}))).toMatchObject({ status: 404 })
    expect(jobOf(await api.get(id))?.state).toBe('waiting')

    // The verdict is not the sender's to give, and two at once are one.
    const lie = result(run, { verdict: 'passed' })
    const both = await Promise.all([post(id, key, lie), post(id, key, lie)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(both.find(({ status }) => status === 201)?.body.verdict).toBe('failed')
    expect((await api.untilOver(id)).verdict).toBe('failed')
    expect(await post(id, key, lie)).toMatchObject({ status: 409, body: { code: 'result_not_awaited' } })
  })

  test('a machine that cannot run it leaves the run waiting', { timeout: testTimeoutMs }, async () => {
    const { id, submitUrl } = await startWaiting('both')
    const child = spawn(process.execPath, [main, 'validate', image('both'), '--submit', submitUrl], {
      env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: home, DOCKER_HOST: 'tcp://127.0.0.1:1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = once(child, 'exit')
    expect(await text(child.stderr)).toContain(`did not send ${P}: nothing ran it here`)
    expect((await ended)[0]).toBe(3)
    expect(jobOf(await api.get(id))?.state).toBe('waiting')
    const cancelled = await api.cancel(id)
    expect(cancelled.state).toBe('cancelled')
    expect(jobOf(cancelled)?.state).toBe('cancelled')
  })

  test('waits no longer than it was told', { timeout: testTimeoutMs }, async () => {
    const { id, key } = await startWaiting('both', { waitMs: 1_000 })
    const run = await api.untilOver(id)
    expect(run.verdict).toBe('inconclusive')
    expect(jobOf(run)).toMatchObject({ verdict: 'inconclusive', ending: { reason: 'no-result' } })
    expect(await post(id, key, result(run, {}))).toMatchObject({ status: 409 })
  })

  test('still waits after the server was killed', { timeout: testTimeoutMs }, async () => {
    const { id, key } = await startWaiting('both')
    await server.stop('SIGKILL')
    await start()
    const run = await api.until(id, (each) => jobOf(each, 'linux/amd64')?.state === 'finished')
    expect(jobOf(run)?.state).toBe('waiting')
    expect((await post(id, key, result(run, {}))).status).toBe(201)
    expect((await api.untilOver(id)).verdict).toBe('failed')
  })

  test('a platform that the image does not have is waited for by nobody', async () => {
    await expect(api.start({ ref: image('both'), waitFor: ['linux/riscv64'] })).rejects.toThrow(
      /cannot wait for linux\/riscv64/,
    )
  })
})
