import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { reportDto, sharesResponse } from '#lib/api/reports.ts'
import { type RunOutputDto, runOutputDto } from '#lib/api/run-output.ts'
import { type RunDto, runDto, runEventDto, runsResponse } from '#lib/api/runs.ts'
import { CANCELLED_WITHIN_MS, type EngineWorld, startEngineWorld } from './engine-world.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
/** It prints a line and waits: as a service it passes. */
const SERVICE = { service: { afterMs: 4_000 } }

let world: EngineWorld
let dataDir: string
beforeAll(async () => {
  world = await startEngineWorld()
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-runs-api-'))
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true })
})

const start = () => startDashboard({ dataDir, env: { DOCKER_HOST: world.labEngine.dockerHost } })

/** A call that answers JSON, and its status. */
async function call({ url }: RunningDashboard, apiPath: string, method = 'GET', body?: unknown) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const response = await fetch(`${url}/api/v1/${apiPath}`, init)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

async function startRun(dashboard: RunningDashboard, name: string, profile: object = {}): Promise<string> {
  const { status, body } = await call(dashboard, 'runs', 'POST', {
    ref: `${world.images.reference}:${name}`,
    profile,
  })
  expect(status).toBe(202)
  return body.id
}

const getRun = async (dashboard: RunningDashboard, id: string): Promise<RunDto> =>
  runDto.parse((await call(dashboard, `runs/${id}`)).body)

async function until(
  dashboard: RunningDashboard,
  id: string,
  isSo: (run: RunDto) => boolean,
): Promise<RunDto> {
  while (true) {
    const run = await getRun(dashboard, id)
    if (isSo(run)) return run
    await sleep(50)
  }
}

const isOver = (run: RunDto) => run.reportUrl !== undefined
const isAllRunning = (run: RunDto) => run.jobs.every((job) => job.phase === 'running')

interface StreamedEvent {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: string
}

/** Reads events until the stream ends or `isEnough`. */
async function readEvents(
  { url }: RunningDashboard,
  id: string,
  lastEventId?: string,
  isEnough: (events: readonly StreamedEvent[]) => boolean = () => false,
): Promise<readonly StreamedEvent[]> {
  const headers: Record<string, string> = lastEventId ? { 'Last-Event-ID': lastEventId } : {}
  const response = await fetch(`${url}/api/v1/runs/${id}/events`, { headers })
  const events: StreamedEvent[] = []
  let rest = ''
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      const data = field('data')
      if (data !== undefined) events.push({ id: field('id'), event: field('event'), data })
    }
    if (isEnough(events)) break
  }
  return events
}

const parsed = (events: readonly StreamedEvent[]) =>
  events.map(({ event, data }) => runEventDto.parse({ event, data: JSON.parse(data) }))

describe('a run by the API', () => {
  let dashboard: RunningDashboard
  beforeAll(async () => {
    dashboard = await start()
  })
  afterAll(() => dashboard?.stop())

  test('is followed to its end, reported, shared and revoked', async () => {
    const id = await startRun(dashboard, 'both', { env: { PASSWORD: 'hunter2hunter2' } })
    const first = await readEvents(dashboard, id, undefined, (events) =>
      events.some(({ event }) => event === 'phase'),
    )
    const rest = parsed(await readEvents(dashboard, id, first.at(-1)?.id))
    expect(first[0]?.event).toBe('snapshot')
    expect(rest.filter(({ event }) => event === 'snapshot')).toEqual([])
    expect(rest.at(-1)).toMatchObject({ event: 'finished', data: { verdict: 'passed' } })
    const all = [...parsed(first), ...rest]
    expect(all.filter(({ event }) => event === 'job')).toHaveLength(2)
    expect(all.some(({ event }) => event === 'output')).toBe(true)
    expect(parsed(await readEvents(dashboard, id)).map(({ event }) => event)).toEqual([
      'snapshot',
      'finished',
    ])

    const run = await getRun(dashboard, id)
    expect(run.jobs.map((job) => [job.platform, job.mode, job.verdict])).toEqual([
      ['linux/amd64', 'native', 'passed'],
      ['linux/ppc64le', 'emulated', 'passed'],
    ])
    const file = await call(dashboard, `reports/${id}.json`)
    expect(file.headers.get('content-disposition')).toContain(`archway-report-${id}.json`)
    expect(reportDto.parse(file.body).id).toBe(id)

    const made = await call(dashboard, `reports/${id}/shares`, 'POST')
    expect(made.status).toBe(201)
    const token = sharesResponse.parse(made.body).shares[0]?.token
    const shared = await call(dashboard, `shares/${token}`)
    expect([shared.headers.get('x-robots-tag'), shared.headers.get('cache-control')]).toEqual([
      'noindex',
      'no-store',
    ])
    expect(JSON.stringify(shared.body)).not.toContain('hunter2')
    expect((await call(dashboard, `shares/${token}`, 'DELETE')).body).toEqual({ shares: [] })
    expect((await call(dashboard, `shares/${token}`)).status).toBe(404)

    const tags = await call(dashboard, `tags?repository=${world.images.reference}`)
    const tag = tags.body.tags.find((each: { name: string }) => each.name === 'both')
    expect(tag.lastRun).toMatchObject({ id, verdict: 'passed' })
    const image = await call(dashboard, `images?ref=${world.images.reference}:both`)
    expect(image.body.lastRun).toMatchObject({ id, jobs: [{ mode: 'native' }, { mode: 'emulated' }] })
  })

  test('tells all that is kept of an output, while it runs and afterwards', async () => {
    const id = await startRun(dashboard, 'flood')
    const ask = async (more = '') =>
      runOutputDto.parse((await call(dashboard, `runs/${id}/output?platform=amd64${more}`)).body)
    const text = ({ parts }: RunOutputDto) => parts.map((part) => part.text).join('')
    let known = await ask()
    let written = text(known)
    while (!known.isFull) {
      await sleep(50)
      known = await ask(`&cursor=${known.cursor}`)
      // Once the job is over it is the report's, and told anew.
      written = known.continues ? written + text(known) : text(known)
    }
    expect([known.platform, known.limitBytes, written.length]).toEqual(['linux/amd64', 1 << 20, 1 << 20])
    expect(new Set(written.split('\n')).size).toBeLessThanOrEqual(2)
    await call(dashboard, `runs/${id}/cancel`, 'POST')
    const run = await until(dashboard, id, isOver)
    const job = run.jobs.find(({ platform }) => platform === 'linux/amd64')
    expect(text(await ask())).toBe(job?.execution?.output)
    const gone = await call(dashboard, `runs/${id}/output?platform=s390x`)
    expect([gone.status, gone.body.hint]).toEqual([404, 'It has linux/amd64, linux/ppc64le.'])
  })

  test('is cancelled within two seconds, and its containers are gone', async () => {
    const id = await startRun(dashboard, 'stubborn')
    await until(dashboard, id, isAllRunning)
    const startedMs = performance.now()
    const { status, body } = await call(dashboard, `runs/${id}/cancel`, 'POST')
    expect(performance.now() - startedMs).toBeLessThan(CANCELLED_WITHIN_MS)
    expect([status, body.state, body.verdict]).toEqual([200, 'cancelled', undefined])
    expect(await world.containers()).toEqual([])
    expect((await call(dashboard, `runs/${id}/cancel`, 'POST')).body).toEqual(body)
  })

  test('that cannot be answered is a problem with a next step', async () => {
    const cases = [
      ['POST', 'runs', { ref: 'a//b' }, 400, 'reference_invalid'],
      ['POST', 'runs', { ref: 'x', nonsense: true }, 400, 'request_invalid'],
      ['POST', 'runs', { ref: 'oci:samples/multiarch-app:gone' }, 404, 'manifest_unknown'],
      ['GET', 'runs?cursor=x', undefined, 400, 'request_invalid'],
      ['GET', 'runs/nope', undefined, 404, 'not_found'],
      ['GET', 'runs/nope/events', undefined, 404, 'not_found'],
      ['GET', 'runs/nope/output?platform=amd64', undefined, 404, 'not_found'],
      ['GET', 'runs/nope/output?platform=a+b', undefined, 400, 'platform_invalid'],
      ['GET', 'runs/nope/output', undefined, 400, 'request_invalid'],
      ['POST', 'runs/nope/cancel', undefined, 404, 'not_found'],
      ['GET', 'reports/nope', undefined, 404, 'not_found'],
      ['POST', 'reports/nope/shares', undefined, 404, 'not_found'],
      ['GET', 'shares/nope', undefined, 404, 'not_found'],
      ['DELETE', 'shares/nope', undefined, 404, 'not_found'],
    ] as const
    for (const [method, apiPath, body, status, code] of cases) {
      const answer = await call(dashboard, apiPath, method, body)
      expect([apiPath, answer.status, answer.body.code, typeof answer.body.hint]).toEqual([
        apiPath,
        status,
        code,
        'string',
      ])
    }
  })
})

describe('a server that ends with runs in flight', () => {
  test('by a kill: the next one ends them honestly and removes what was left', async () => {
    const first = await start()
    const id = await startRun(first, 'hang', SERVICE)
    await until(first, id, isAllRunning)
    await first.stop('SIGKILL')
    expect(await world.containers()).toHaveLength(2)
    await using second = await start()
    const run = await until(second, id, isOver)
    expect([run.state, run.verdict]).toEqual(['finished', 'passed'])
    expect(await world.containers()).toEqual([])
  })

  test('by a stop: containers go at once, the run goes on with the next one', async () => {
    const first = await start()
    const id = await startRun(first, 'hang', SERVICE)
    await until(first, id, isAllRunning)
    const startedMs = performance.now()
    await first.stop()
    expect(performance.now() - startedMs).toBeLessThan(10_000)
    expect(await world.containers()).toEqual([])
    await using second = await start()
    expect((await until(second, id, isOver)).verdict).toBe('passed')
  })

  test('a second one on the same folder is refused with the reason; the command line is not', async () => {
    await using dashboard = await start()
    const env = { ...process.env, PORT: '0', ARCHWAY_DATA: dataDir }
    const archway = (...args: string[]) =>
      new Promise<{ code: number; stderr: string }>((resolve) => {
        execFile(
          process.execPath,
          ['lib/cli/main.ts', ...args],
          { cwd: PROJECT_ROOT, env },
          (error, _, stderr) => resolve({ code: error ? Number(error.code) : 0, stderr }),
        )
      })
    const second = await archway('serve')
    expect(second.code).toBe(2)
    expect(second.stderr).toContain('Another Archway already serves the data folder')
    expect((await archway('inspect', 'oci:samples/multiarch-app')).code).toBe(0)
    expect(runsResponse.parse((await call(dashboard, 'runs')).body).runs.length).toBeGreaterThan(0)
  })
})
