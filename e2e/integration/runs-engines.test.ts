import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { type LabEngine, startEngine } from '#e2e/lab/engine.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { enginesResponse } from '#lib/api/engines.ts'
import { type EngineWorld, startEngineWorld } from './engine-world.ts'
import { type RunApi, runApi } from './run-api.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const testTimeoutMs = 120_000

describe.skipIf(reason)(`one of two engines is lost in the middle of a run ${reason ?? ''}`, () => {
  const stack = new AsyncDisposableStack()
  let world: EngineWorld
  let power: LabEngine
  let server: RunningDashboard
  let api: RunApi
  beforeAll(async () => {
    world = stack.use(await startEngineWorld())
    power = stack.use(await startEngine())
    const home = await mkdtemp(path.join(os.tmpdir(), 'archway-two-'))
    stack.defer(() => rm(home, { recursive: true, force: true }))
    const file = path.join(home, 'archway.yaml')
    await writeFile(
      file,
      `engines:
  - { name: here, address: "${world.labEngine.dockerHost}", platforms: [linux/amd64] }
  - { name: power, address: "${power.dockerHost}", platforms: [linux/ppc64le] }
`,
    )
    server = stack.use(await startDashboard({ env: { ARCHWAY_CONFIG: file } }))
    api = runApi(server.url)
  }, testTimeoutMs)
  afterAll(() => stack.disposeAsync(), testTimeoutMs)

  const endings = async (id: string) =>
    (await api.untilOver(id)).jobs.map(({ verdict, ending }) => `${verdict} ${ending?.reason}`)
  const containers = async () => (await power.docker('ps', '--all', '--quiet')).trim()

  test('its job is inconclusive, the other goes on; it is swept when it is back', {
    timeout: testTimeoutMs,
  }, async () => {
    const ref = `${world.images.reference}:count`
    const id = await api.start({ ref })
    await api.until(id, (run) => run.jobs.every(({ tail }) => tail !== undefined))
    process.kill(power.pid, 'SIGKILL')
    expect(await endings(id)).toEqual(['passed as-expected', 'inconclusive engine-failed'])

    // The next job is not sent after it.
    const next = await api.start({ ref: `${world.images.reference}:both` })
    expect(await endings(next)).toEqual(['passed as-expected', 'skipped not-offered'])
    const { engines } = enginesResponse.parse(await (await fetch(`${server.url}/api/v1/engines`)).json())
    expect(engines.map(({ name, state }) => `${name} ${state}`)).toEqual(['here ready', 'power unavailable'])

    await expect.poll(() => power.running).toBe(false)
    await power.start()
    expect(await containers()).not.toBe('')
    // Nobody asks for anything.
    await expect.poll(containers, { timeout: 30_000, interval: 500 }).toBe('')
    const again = await api.start({ ref: `${world.images.reference}:both` })
    expect(await endings(again)).toEqual(['passed as-expected', 'passed as-expected'])
  })
})
