import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import type { AppError } from '#lib/errors/app-error.ts'
import { CANCELLED_WITHIN_MS, type EngineWorld, runContainer, startEngineWorld } from './engine-world.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const MEBIBYTE = 1 << 20
/** Numbers of the kernel, as `behave` prints them. */
const ENOSPC = 28
const EROFS = 30
const EAGAIN = 11
const ENETUNREACH = 101

describe.skipIf(reason)(`a container in the sandbox ${reason ?? ''}`, () => {
  let world: EngineWorld
  beforeAll(async () => {
    world = await startEngineWorld()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  // Most of them wait for the engine, or for their time to be up.
  describe.concurrent.each(['linux/amd64', 'linux/ppc64le'])('%s', (platform) => {
    test.each([
      ['exits 1', 'exit', { exitCode: 1, stdout: 'about to fail\n' }],
      ['dies of SIGILL', 'illegal', { exitCode: 132, startFailure: undefined }],
      ['dies of SIGSEGV', 'segfault', { exitCode: 139, startFailure: undefined }],
      ['prints on both streams', 'both', { stdout: 'out 1\nout 2\n', stderr: 'err 1\nerr 2\n' }],
      ['prints what a terminal would obey', 'escapes', { stdout: expect.stringContaining('\x1b[31m') }],
      ['has no network', 'network', { stdout: `connect refused ${ENETUNREACH}\n` }],
      ['may not write to its root', 'write-root', { stdout: `open refused ${EROFS}\n` }],
      ['starts what is not there', 'no-entrypoint', { startFailure: { kind: 'not-found' } }],
      ['asks for a loader that is not there', 'no-loader', { startFailure: { kind: 'not-found' } }],
      ['names an interpreter that is not there', 'no-interpreter', { startFailure: { kind: 'not-found' } }],
      ['may not be executed', 'not-executable', { startFailure: { kind: 'not-executable' } }],
      ['runs as nobody it knows', 'no-user', { startFailure: { kind: 'no-user' }, exitCode: undefined }],
    ] as const)('%s', async (_, name, outcome) => {
      expect(await world.run(name, platform)).toMatchObject({ timedOut: false, oomKilled: false, ...outcome })
    })

    test.each(['write-tmp', 'write-volume'] as const)('%s: no more than the size given', async (name) => {
      const { stdout } = await world.run(name, platform, { limits: { tmpfsBytes: 8 * MEBIBYTE } })
      expect(stdout).toBe(`wrote KiB 8192\nthen refused ${ENOSPC}\n`)
    })

    test('may do nothing that needs a capability, and gains none', async () => {
      const { stdout } = await world.run('status', platform)
      const status = Object.fromEntries(stdout.split('\n').map((line) => line.split(/:\s+/)))
      expect(status).toMatchObject({
        CapPrm: '0000000000000000',
        CapEff: '0000000000000000',
        CapBnd: '0000000000000000',
        NoNewPrivs: '1',
        Seccomp: '2',
      })
      // An init is process 1: without one, a signal's death would hang.
      expect(Number(status.Pid)).toBeGreaterThan(1)
    })

    test('takes no more memory than it is given', async () => {
      const result = await world.run('memory', platform, { limits: { memoryBytes: 64 * MEBIBYTE } })
      expect(result).toMatchObject({ exitCode: 137, oomKilled: true, timedOut: false })
      expect(result.stdout).not.toContain('MiB 64')
    })

    test('that waits for ever is ended at the time limit', async () => {
      const result = await world.run('hang', platform, { timeoutMs: 1_500 })
      expect(result).toMatchObject({ timedOut: true, exitCode: 137, stdout: 'waiting\n' })
      expect(result.durationMs).toBeGreaterThanOrEqual(1_400)
    })

    test('that ignores SIGTERM is ended too', async () => {
      const result = await world.run('stubborn', platform, { timeoutMs: 1_500 })
      expect(result).toMatchObject({ timedOut: true, exitCode: 137, stdout: 'ignoring SIGTERM 0\n' })
    })

    test('an abort ends it within two seconds', async () => {
      const id = await world.make('stubborn', platform)
      const controller = new AbortController()
      let printed = false
      const running = runContainer(world.engine, id, {
        signal: controller.signal,
        onOutput: () => {
          printed = true
        },
      })
      const failed = running.catch((error: AppError) => error.code)
      while (!printed) await sleep(10)
      const abortedAt = performance.now()
      controller.abort()
      expect(await failed).toBe('cancelled')
      expect(performance.now() - abortedAt).toBeLessThan(CANCELLED_WITHIN_MS)
      expect(await world.labEngine.docker('ps', '--quiet', '--filter', `id=${id}`)).toBe('')
      await world.engine.remove(id)
    })
  })

  test('forks no more than it may, and the engine goes on', async () => {
    const result = await world.run('fork', 'linux/amd64', { limits: { pids: 32 }, timeoutMs: 2_000 })
    expect(result).toMatchObject({ timedOut: true, stdout: `fork refused ${EAGAIN}\n` })
    expect(await world.run('exit', 'linux/amd64')).toMatchObject({ exitCode: 1 })
  })

  test('prints 1 GiB: it ends by itself, and no more than the cap is kept', async () => {
    const before = process.memoryUsage().rss
    const result = await world.run('flood', 'linux/amd64', { outputMaxBytes: MEBIBYTE, timeoutMs: 50_000 })
    expect(result).toMatchObject({
      exitCode: 0,
      timedOut: false,
      outputTruncated: true,
      outputBytes: 1_024 * MEBIBYTE,
    })
    expect(result.stdout).toHaveLength(MEBIBYTE)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MEBIBYTE)
  })

  test('an image whose config names another platform runs, and that is told', async () => {
    const { image } = await world.pull('amd64-config', 'linux/ppc64le')
    expect((await world.engine.inspectImage(image))?.platform.architecture).toBe('amd64')
    expect(await world.run('amd64-config', 'linux/ppc64le')).toMatchObject({ exitCode: 0 })
  })

  test('the processor of the emulator can be chosen: POWER10 code dies on POWER9', async () => {
    const on = (cpu: string) =>
      world
        .run('power10', 'linux/ppc64le', { spec: { env: { QEMU_CPU: cpu } } })
        .then((each) => each.exitCode)
    expect([await on('power9'), await on('power10')]).toEqual([132, 0])
  })

  test('command and entrypoint can be replaced', async () => {
    const result = await world.run('hang', 'linux/amd64', {
      spec: { entrypoint: ['/behave'], command: ['both'] },
    })
    expect(result).toMatchObject({ exitCode: 0, stdout: 'out 1\nout 2\n' })
  })

  test('its files are read before it ever runs, one entry for a file, nothing beyond the bound', async () => {
    const id = await world.make('both', 'linux/ppc64le')
    const read = async (path: string, maxBytes: number) => {
      const archive = await world.engine.readArchive(id, path, { maxBytes })
      return archive && Buffer.concat(await Array.fromAsync(archive))
    }
    const tar = await read('/behave', MEBIBYTE)
    expect(tar?.subarray(0, 6).toString()).toBe('behave')
    expect(tar?.subarray(512, 516).toString('latin1')).toBe('\x7fELF')
    expect(await read('/nothing', MEBIBYTE)).toBeUndefined()
    await expect(read('/behave', 1_000)).rejects.toMatchObject({ code: 'archive_too_large' })
    await world.engine.remove(id)
    await expect(read('/behave', MEBIBYTE)).rejects.toMatchObject({ code: 'container_gone' })
  })

  test('leaves nothing behind: no container, no volume', async () => {
    expect(await world.containers()).toEqual([])
    expect(await world.labEngine.docker('volume', 'ls', '--quiet')).toBe('')
  })
})
