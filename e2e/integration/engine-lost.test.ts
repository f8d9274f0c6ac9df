import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engineProcesses } from '#e2e/lab/engine-remains.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import type { AppError } from '#lib/errors/app-error.ts'
import { type EngineWorld, runContainer, specOf, startEngineWorld, untilPrinted } from './engine-world.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')

describe.skipIf(reason)(`an engine that goes away ${reason ?? ''}`, () => {
  let world: EngineWorld
  beforeAll(async () => {
    world = await startEngineWorld()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  /** A container that runs until it is ended, with the outcome or the error that its run will end with. */
  async function startHanging() {
    const id = await world.make('hang', 'linux/amd64')
    let printed = false
    const running = runContainer(world.engine, id, {
      onOutput: () => {
        printed = true
      },
    })
    const ended = running.catch((error: AppError) => error)
    await untilPrinted(() => printed)
    return { id, ended }
  }

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    '%s in the middle of a run: told at once, and not the image’s fault',
    async (signal) => {
      const { id, ended } = await startHanging()
      const goneAt = performance.now()
      process.kill(world.labEngine.pid, signal)
      expect(await ended).toMatchObject({ code: 'engine_unavailable', retryable: true })
      expect(performance.now() - goneAt).toBeLessThan(15_000)
      await expect(world.engine.info()).rejects.toMatchObject({ code: 'engine_unavailable' })
      await world.labEngine.halt()
      await world.labEngine.start()
      expect(await world.engine.info()).toMatchObject({ kind: 'docker' })
      await world.engine.remove(id)
      expect(await world.containers()).toEqual([])
    },
  )

  test('a container that somebody else kills did not do so by itself: 137 without a reason of ours', async () => {
    const { id, ended } = await startHanging()
    await world.labEngine.docker('kill', id)
    expect(await ended).toMatchObject({ exitCode: 137, timedOut: false, oomKilled: false })
    await world.engine.remove(id)
  })

  test('a container that somebody else removes', async () => {
    const id = await world.make('hang', 'linux/amd64')
    await world.labEngine.docker('rm', '--force', id)
    await expect(runContainer(world.engine, id)).rejects.toMatchObject({ code: 'container_gone' })
  })

  test('an image that somebody else removes', async () => {
    const { image } = await world.pull('exit', 'linux/amd64')
    await world.labEngine.docker('rmi', image)
    await expect(world.engine.create(specOf(image, 'linux/amd64'))).rejects.toMatchObject({
      code: 'image_gone',
    })
  })

  test('a sweep removes what is ours or over, running or not, and nothing else', async () => {
    const { image } = await world.pull('hang', 'linux/amd64')
    const now = new Date()
    const lease = async (instance: string, seconds: number) => {
      const until = new Date(now.getTime() + seconds * 1_000)
      return (await world.engine.create({ ...specOf(image, 'linux/amd64'), lease: { instance, until } })).id
    }
    const [own, over, running, theirs] = [
      await lease('us', 600),
      await lease('them', -1),
      await lease('them', -1),
      await lease('them', 600),
    ]
    await world.labEngine.docker('start', running)
    const foreign = (await world.labEngine.docker('create', image)).trim()
    const swept = await world.engine.sweep({ instance: 'us', now })
    expect(swept.left).toEqual([])
    expect(swept.removed.toSorted()).toEqual([own, over, running].toSorted())
    const left = await world.labEngine.docker('ps', '--all', '--quiet', '--no-trunc')
    expect(left.trim().split('\n').toSorted()).toEqual([theirs, foreign].toSorted())
    for (const id of [theirs, foreign]) await world.engine.remove(id)
    expect(await world.engine.sweep({ instance: 'us', now })).toEqual({ removed: [], left: [] })
  })

  test('a sweep removes images that were made for files, too', async () => {
    const { image } = await world.pull('prints', 'linux/amd64')
    const now = new Date()
    const add = (instance: string, text: string) =>
      world.engine.addFiles({
        image,
        platform: specOf(image, 'linux/amd64').platform,
        files: { '/etc/app/config': text },
        lease: { instance, until: new Date(now.getTime() + 600_000) },
      })
    const [own, theirs] = [await add('us', 'ours'), await add('them', 'theirs')]
    await world.engine.sweep({ instance: 'us', now })
    expect(await world.engine.inspectImage(own)).toBeUndefined()
    expect(await world.engine.inspectImage(theirs)).toMatchObject({
      platform: { os: 'linux', architecture: 'amd64' },
    })
    expect(await world.engine.inspectImage(image)).toBeDefined()
    await world.engine.removeImage(theirs)
    expect(await world.containers()).toEqual([])
  })

  test('the laboratory’s engine leaves no process when it stops', async () => {
    await startHanging().then(({ ended }) => void ended)
    await world.labEngine.stop()
    expect(await engineProcesses(world.labEngine.folder)).toEqual([])
  })
})
