import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RemoteResult, signCall } from '#lib/api/remote-results.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { type DeskWorld, startDeskWorld } from '../testing/desk-world.ts'
import { getRun } from './get-run.ts'
import { startRun } from './start-run.ts'
import { submitResult } from './submit-result.ts'

const P = 'linux/ppc64le'
let desk: DeskWorld
beforeEach(async () => {
  desk = await startDeskWorld()
  desk.world.put({ architecture: 'amd64' }, {})
})
afterEach(() => desk[Symbol.asyncDispose]())

async function startWaiting(context = desk.context): Promise<{ readonly run: RunDto; readonly key: string }> {
  const { id, submitUrl = '' } = await startRun(context, { ref: 'registry.test/lab/app', waitFor: [P] })
  return { run: await getRun(context, id), key: submitUrl.split('=')[1] ?? '' }
}

function send(
  context: DeskWorld['context'],
  run: RunDto,
  key: string,
  job: Partial<RemoteResult['job']> = {},
) {
  const digest = run.jobs.find(({ platform }) => platform === P)?.digest
  const result: RemoteResult = {
    digest: run.digest,
    by: 'ci@power-10',
    archway: '0.0.0',
    job: {
      platform: P,
      ...(digest ? { digest } : {}),
      state: 'finished',
      ending: { verdict: 'failed', reason: 'exit-code', evidence: { exitCode: 1, expectedExitCode: 0 } },
      truths: {},
      steps: [],
      findings: [],
      ...job,
    },
  }
  const call = { method: 'POST', runId: run.id, body: '' } as const
  const credentials = { method: call.method, body: '', signature: signCall(key, call) }
  return submitResult(context, run.id, credentials, () => result)
}

test('a run that waits is taken up by the next server, and finds what came in between', async () => {
  const { run, key } = await startWaiting()
  await desk.context.desk.close()
  const next = await desk.restart()
  // Kept before anybody works on the run again.
  expect(await send(next, run, key)).toMatchObject({ platform: P, verdict: 'failed' })
  await next.desk.recover()
  const over = await desk.over(run.id, next)
  expect(over).toMatchObject({ state: 'finished', verdict: 'failed' })
  expect(over.jobs.find(({ platform }) => platform === P)?.submitted?.by).toBe('ci@power-10')
})

test('no result is taken by a server that stops: the runner tries again', async () => {
  const { run, key } = await startWaiting()
  await desk.context.desk.close()
  await expect(send(desk.context, run, key)).rejects.toMatchObject({ code: 'server_stopping' })
})

test('what nothing ran is no result', async () => {
  const { run, key } = await startWaiting()
  const ending = { verdict: 'skipped', reason: 'no-engine', evidence: {} } as const
  await expect(send(desk.context, run, key, { ending })).rejects.toMatchObject({
    code: 'submission_mismatch',
  })
  expect((await getRun(desk.context, run.id)).awaits).toBeDefined()
})
