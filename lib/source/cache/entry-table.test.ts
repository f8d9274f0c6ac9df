import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EntryTable } from './entry-table.ts'

const MINUTE_MS = 60_000
let dir: string
let nowMs: number
const open = (maxBytes = 1 << 20, where: string | undefined = dir) =>
  new EntryTable({ dir: where, maxBytes, now: () => new Date(nowMs) })
const entry = (text: string) => ({ bytes: Buffer.from(text), contentType: 'text/plain', at: new Date(5) })
const textOf = (table: EntryTable, key: string) => {
  const found = table.get(key)
  return found && Buffer.from(found.bytes).toString()
}

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'archway-cache-'))
  nowMs = 1_000_000_000
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('keeping', () => {
  it('gives back what was put, before and after it reached the file, and in the next process', () => {
    const table = open()
    table.put('a', entry('one'))
    expect(textOf(table, 'a')).toBe('one')
    table.flush()
    expect(table.get('a')).toMatchObject({ contentType: 'text/plain', at: new Date(5) })
    table.put('a', entry('two'))
    table.delete('b')
    table.close()
    expect(table.get('a')).toBeUndefined()

    const next = open()
    expect(textOf(next, 'a')).toBe('two')
    next.delete('a')
    expect(next.get('a')).toBeUndefined()
    next.close()
  })

  it('flushes by itself', async () => {
    const table = open()
    table.put('a', entry('one'))
    const other = open()
    await expect.poll(() => textOf(other, 'a')).toBe('one')
    table.close()
    other.close()
  })

  it('puts a thousand entries in one transaction', () => {
    const table = open(16 << 20)
    for (let i = 0; i < 1_000; i++) table.put(`k${i}`, entry('x'.repeat(1_500)))
    table.flush()
    expect(textOf(table, 'k999')).toHaveLength(1_500)
    table.close()
  })

  it('works in memory without a folder', () => {
    const memory = new EntryTable({ dir: undefined, maxBytes: 1 << 20, now: () => new Date(nowMs) })
    expect(memory.isPersistent).toBe(false)
    memory.put('a', entry('one'))
    memory.flush()
    expect(textOf(memory, 'a')).toBe('one')
    memory.close()
  })
})

describe('bounds', () => {
  it('evicts the least recently used first and stays below the limit', () => {
    const table = open(200_000)
    for (let i = 0; i < 100; i++) {
      nowMs += 2 * MINUTE_MS
      table.put(`k${i}`, entry('x'.repeat(1_500)))
      table.flush()
    }
    nowMs += 2 * MINUTE_MS
    expect(table.get('k0')).toBeDefined() // used again: it stays, k1 goes
    for (let i = 100; i < 130; i++) {
      nowMs += 2 * MINUTE_MS
      table.put(`k${i}`, entry('x'.repeat(1_500)))
      table.flush()
    }
    expect(table.get('k0')).toBeDefined()
    expect(table.get('k1')).toBeUndefined()
    expect(table.get('k129')).toBeDefined()
    const kept = Array.from({ length: 130 }, (_, i) => table.get(`k${i}`)).filter(Boolean).length
    expect(kept * 1_660).toBeLessThanOrEqual(200_000)
    expect(kept).toBeGreaterThan(90)
    table.close()
  })

  it('follows what another process wrote', () => {
    const one = open(100_000)
    const two = open(100_000)
    for (let i = 0; i < 50; i++) one.put(`one${i}`, entry('x'.repeat(1_500)))
    one.flush()
    nowMs += MINUTE_MS
    for (let i = 0; i < 50; i++) two.put(`two${i}`, entry('x'.repeat(1_500)))
    two.flush()
    expect(two.get('one0')).toBeUndefined()
    expect(two.get('two49')).toBeDefined()
    one.close()
    two.close()
  })

  it('does not keep what would push out everything else', () => {
    const table = open(10_000)
    table.put('big', entry('x'.repeat(9_000)))
    expect(table.get('big')).toBeUndefined()
    table.close()
  })
})

describe('a file that is not what it should be', () => {
  const file = () => path.join(dir, 'cache.sqlite')

  it.each([
    ['garbage', () => writeFileSync(file(), 'not a database'.repeat(500))],
    [
      'another schema',
      () => {
        const db = new DatabaseSync(file())
        db.exec('CREATE TABLE entries (other TEXT); PRAGMA user_version = 9999')
        db.close()
      },
    ],
  ])('is replaced: %s', (_, spoil) => {
    spoil()
    const table = open()
    expect(table.isPersistent).toBe(true)
    table.put('a', entry('one'))
    table.close()
    const next = open()
    expect(textOf(next, 'a')).toBe('one')
    next.close()
  })

  it('is replaced when it breaks while it is open: a miss, then it works again', () => {
    const first = open()
    for (let i = 0; i < 200; i++) first.put(`k${i}`, entry('x'.repeat(1_500)))
    first.close()
    truncateSync(file(), 8_192)
    const table = open()
    for (let i = 0; i < 200; i++) table.get(`k${i}`)
    table.put('new', entry('one'))
    table.flush()
    expect(textOf(table, 'new')).toBe('one')
    table.close()
  })

  it('is not deleted while another process holds it: reads go on, the write comes later', async () => {
    const table = open()
    table.put('a', entry('one'))
    table.flush()
    const other = new DatabaseSync(file())
    other.exec('BEGIN IMMEDIATE')
    table.put('b', entry('two'))
    table.flush()
    expect(textOf(table, 'a')).toBe('one')
    expect(textOf(table, 'b')).toBe('two')
    other.exec('COMMIT')
    const count = () => other.prepare('SELECT count(*) AS n FROM entries').get()?.n
    await expect.poll(count, { timeout: 20_000 }).toBe(2)
    other.close()
    table.close()
  })

  it('lives in memory where no file can be made', () => {
    writeFileSync(path.join(dir, 'file'), '')
    const table = open(1 << 20, path.join(dir, 'file', 'below'))
    expect(table.isPersistent).toBe(false)
    table.put('a', entry('one'))
    expect(textOf(table, 'a')).toBe('one')
    table.close()
  })
})
