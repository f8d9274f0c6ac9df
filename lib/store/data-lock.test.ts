import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockDataDir, unlockDataDir } from './data-lock.ts'
import { openStore } from './store.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'archway-lock-'))
})
afterEach(() => {
  unlockDataDir(dir)
  rmSync(dir, { recursive: true })
})

/** Another process that holds the lock until it is killed. */
async function otherServer() {
  const script = `import { lockDataDir } from '${path.join(import.meta.dirname, 'data-lock.ts')}'
lockDataDir(process.argv[1]); process.stdout.write('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return {
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

it('a second server is refused and told why, readers are not, and a kill frees the folder', async () => {
  const other = await otherServer()
  try {
    expect(() => lockDataDir(dir)).toThrow(
      expect.objectContaining({
        code: 'store_unavailable',
        message: expect.stringContaining('Another Archway already serves the data folder'),
      }),
    )
    const store = await openStore(dir)
    await store.repositories.touch('a', new Date())
    expect(await store.repositories.list(1)).toHaveLength(1)
    await store.close()
  } finally {
    await other.kill()
  }
  expect(() => lockDataDir(dir)).not.toThrow()
})

it('one process may ask twice', () => {
  lockDataDir(dir)
  expect(() => lockDataDir(dir)).not.toThrow()
})

it('a folder that is not there is told', () =>
  expect(() => lockDataDir(path.join(dir, 'none'))).toThrow(
    expect.objectContaining({
      code: 'store_unavailable',
      message: expect.stringContaining('cannot be used'),
    }),
  ))
