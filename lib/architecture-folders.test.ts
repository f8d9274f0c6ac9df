import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { listSources } from './testing/read-imports.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '..')
const TOP = ['app', 'bench', 'components', 'e2e', 'lib', 'samples']
/** Next names the folders below a page and below the API by their address. */
const ADDRESSES = /^app\/[^/]+\/./

/** Rows of the table of folders: what the first cell names, and every word in code of the whole row. */
const rows = readFileSync(path.join(PROJECT_ROOT, 'ARCHITECTURE.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const codeOf = (text: string) =>
      [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/\/$/, ''))
    return { folders: codeOf(line.split('|')[1] ?? ''), words: codeOf(line) }
  })

/** A row is about it, or about a folder above it and names the way down. */
function isNamed(folder: string): boolean {
  const parts = folder.split('/')
  for (let length = parts.length; length > 0; length--) {
    const row = rows.find(({ folders }) => folders.includes(parts.slice(0, length).join('/')))
    if (row) return length === parts.length || row.words.includes(parts.slice(length).join('/'))
  }
  return false
}

test('every folder of code is in ARCHITECTURE.md', () => {
  const folders = new Set(listSources(TOP, ['.ts', '.tsx', '.mjs']).map((file) => path.dirname(file)))
  const own = [...folders].filter((folder) => !ADDRESSES.test(folder) && !folder.endsWith('/testing'))
  expect(own.length).toBeGreaterThan(50)
  expect(own.filter((folder) => !isNamed(folder) && !TOP.includes(folder))).toEqual([])
})

test('every folder that ARCHITECTURE.md has a row for is there', () => {
  const named = rows.flatMap(({ folders }) => folders)
  expect(named.filter((folder) => !existsSync(path.join(PROJECT_ROOT, folder)))).toEqual([])
})
