import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from './store.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'archway-store-'))
})
afterEach(() => {
  chmodSync(dir, 0o700)
  rmSync(dir, { recursive: true })
})

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute))

describe('recent and pinned repositories', () => {
  it('show pinned ones first in pinning order, then the most recently opened', async () => {
    const store = await openStore(dir)
    for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) await store.repositories.touch(name, at(i))
    await store.repositories.setPinned('b', true, at(10))
    await store.repositories.setPinned('a', true, at(11))
    await store.repositories.touch('c', at(12))
    expect((await store.repositories.list(10)).map((entry) => entry.repository)).toEqual(['b', 'a', 'c', 'd'])
    await store.close()
  })

  it('are there after a restart', async () => {
    const first = await openStore(dir)
    await first.repositories.setPinned('a', true, at(1))
    await first.close()
    const second = await openStore(dir)
    expect(await second.repositories.list(10)).toEqual([{ repository: 'a', pinned: true }])
    await second.close()
  })

  it('keep fifty unpinned, and every pinned one', async () => {
    const store = await openStore(dir)
    await store.repositories.setPinned('pinned', true, at(0))
    for (let i = 0; i < 60; i++) await store.repositories.touch(`r${i}`, at(i))
    const names = (await store.repositories.list(100)).map((entry) => entry.repository)
    expect(names).toHaveLength(51)
    expect(names[0]).toBe('pinned')
    expect(names).toContain('r59')
    expect(names).not.toContain('r9')
    await store.close()
  })

  it('keep their place when pinned twice, and can be unpinned and forgotten', async () => {
    const store = await openStore(dir)
    await store.repositories.setPinned('a', true, at(1))
    await store.repositories.setPinned('b', true, at(2))
    await store.repositories.setPinned('a', true, at(3))
    expect((await store.repositories.list(10)).map((entry) => entry.repository)).toEqual(['a', 'b'])
    await store.repositories.setPinned('a', false, at(4))
    await store.repositories.remove('b')
    expect(await store.repositories.list(10)).toEqual([{ repository: 'a', pinned: false }])
    await store.close()
  })

  it('are safe from names that look like SQL', async () => {
    const store = await openStore(dir)
    const name = `'; drop table repositories; --`
    await store.repositories.touch(name, at(1))
    expect((await store.repositories.list(1))[0]?.repository).toBe(name)
    await store.close()
  })

  it('can be used by two processes at once', async () => {
    const [one, two] = [await openStore(dir), await openStore(dir)]
    await one.repositories.touch('a', at(1))
    await two.repositories.touch('b', at(2))
    expect(await one.repositories.list(10)).toHaveLength(2)
    await Promise.all([one.close(), two.close()])
  })
})

describe('what engines were found able to run', () => {
  const found = [
    { platform: 'linux/amd64', mode: 'native' },
    { platform: 'linux/s390x', mode: 'cannot', reason: 'No emulator.' },
  ] as const

  it('is there after a restart, and the newer finding counts', async () => {
    const first = await openStore(dir)
    expect(await first.engineProbes.get('k')).toBeUndefined()
    await first.engineProbes.put('k', [], at(1))
    await first.engineProbes.put('k', found, at(2))
    await first.close()
    const second = await openStore(dir)
    expect(await second.engineProbes.get('k')).toEqual({ platforms: found, probedAt: at(2) })
    await second.close()
  })

  it.each(['{', '{}', '[{"platform":"linux/amd64","mode":"fast"}]'])(
    'is unknown when it is %s',
    async (text) => {
      const store = await openStore(dir)
      await store.engineProbes.put('k', found, at(1))
      const db = new DatabaseSync(path.join(dir, 'archway.db'))
      db.prepare('update engine_probes set platforms = ?').run(text)
      db.close()
      expect(await store.engineProbes.get('k')).toBeUndefined()
      await store.close()
    },
  )
})

it('nobody else may read what is kept, whoever made the folder', async () => {
  chmodSync(dir, 0o755)
  const store = await openStore(dir)
  await store.repositories.touch('a', at(1))
  const files = readdirSync(dir).filter((name) => name.startsWith('archway.db'))
  expect(files).toContain('archway.db-wal')
  for (const name of files) expect([name, statSync(path.join(dir, name)).mode & 0o077]).toEqual([name, 0])
  await store.close()
})

it('a data folder keeps the name of its Archway, and another one has another', async () => {
  const first = await openStore(dir)
  await first.close()
  const second = await openStore(dir)
  const other = await openStore(path.join(dir, 'other'))
  expect(second.instance).toBe(first.instance)
  expect(other.instance).not.toBe(first.instance)
  await Promise.all([second.close(), other.close()])
})

describe('a data folder that cannot be used', () => {
  it('is told when the file is damaged, and the file is left as it is', async () => {
    const file = path.join(dir, 'archway.db')
    const garbage = 'this is no database, '.repeat(400)
    writeFileSync(file, garbage)
    await expect(openStore(dir)).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('damaged'),
    })
    expect(readFileSync(file, 'utf8')).toBe(garbage)
  })

  it('is told when a newer Archway wrote it', async () => {
    await (await openStore(dir)).close()
    const db = new DatabaseSync(path.join(dir, 'archway.db'))
    db.exec(`insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01T00:00:00Z')`)
    db.close()
    await expect(openStore(dir)).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('newer Archway'),
    })
  })

  it('is told when something else is in its place', async () => {
    const file = path.join(dir, 'file')
    writeFileSync(file, '')
    await expect(openStore(path.join(file, 'data'))).rejects.toMatchObject({ code: 'store_unavailable' })
  })
})
