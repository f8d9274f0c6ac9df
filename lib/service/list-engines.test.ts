import { expect, test } from 'vitest'
import { enginesResponse } from '#lib/api/engines.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { listEngines } from './list-engines.ts'
import { probeEngines } from './probe-engines.ts'
import { EnginePool } from './run/engine-pool.ts'
import { noMemory } from './run/probe-memory.ts'
import { FakeEngine } from './testing/fake-engine.ts'

const GONE = new AppError('engine_unavailable', 'Nobody answers.', { hint: 'Start it.' })

function world() {
  const engine = new FakeEngine()
  const down = new FakeEngine()
  down.failures.set('info', GONE)
  const engines = new EnginePool({
    engines: [
      { name: 'local', foundBy: 'archway.yaml', engine },
      { name: 'down', foundBy: 'archway.yaml', engine: down },
    ],
    problems: [new AppError('settings_invalid', 'archway.yaml is not valid.')],
    readProbeImages: async () => [],
    memory: noMemory,
    instance: 'test',
    now: () => new Date(0),
  })
  return { engine, down, context: { engines } }
}

test('each engine with its machine, or why it is not there; all in the shape of the contract', async () => {
  const answer = await listEngines(world().context)
  expect(enginesResponse.parse(answer)).toEqual(answer)
  expect(answer).toMatchObject({
    engines: [
      {
        name: 'local',
        state: 'ready',
        foundBy: 'archway.yaml',
        info: { kind: 'docker', host: expect.any(String) },
      },
      {
        name: 'down',
        state: 'unavailable',
        problem: { code: 'engine_unavailable', hint: 'Start it.' },
        platforms: [],
      },
    ],
    problems: [{ code: 'settings_invalid' }],
  })
})

test('a probe asks one engine anew', async () => {
  const { engine, down, context } = world()
  await listEngines(context)
  const before = engine.calls.length
  down.failures.clear()
  const answer = await probeEngines(context, { engine: 'down' })
  expect(answer.engines.map(({ state }) => state)).toEqual(['ready', 'ready'])
  expect(engine.calls.length).toBe(before)
})

test('a name that no engine has', async () => {
  await expect(probeEngines(world().context, { engine: 'gone' })).rejects.toMatchObject({ code: 'not_found' })
})
