import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openProbeFile } from './probe-file.ts'

let folder = ''
let nowMs = 0
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'archway-probe-'))
  nowMs = Date.parse('2026-06-01T00:00:00Z')
})
afterEach(() => rmSync(folder, { recursive: true }))
const open = (dir = folder) => openProbeFile(dir, () => new Date(nowMs))
const POWER = { platform: 'linux/ppc64le', mode: 'emulated' } as const

it('what an engine can run is known to the next process, for a day', () => {
  open().put('engine', [POWER, { platform: 'linux/s390x', mode: 'cannot', reason: 'no emulator' }])
  expect(open().get('engine')).toEqual([POWER])
  expect(open().get('another')).toBeUndefined()
  nowMs += 23 * 3_600_000
  open().put('engine', [POWER])
  expect(open().get('engine')).toEqual([POWER])
  nowMs += 3_600_001
  expect(open().get('engine')).toBeUndefined()
})

it('a file that is damaged counts as empty, and is written anew', () => {
  writeFileSync(path.join(folder, 'engines.json'), '{"engine": 1')
  expect(open().get('engine')).toBeUndefined()
  open().put('engine', [POWER])
  expect(JSON.parse(readFileSync(path.join(folder, 'engines.json'), 'utf8'))).toHaveProperty('engine')
})

it('a folder that cannot be written costs nothing but the memory', () => {
  writeFileSync(path.join(folder, 'file'), '')
  const memory = open(path.join(folder, 'file', 'below'))
  memory.put('engine', [POWER])
  expect(memory.get('engine')).toBeUndefined()
})
