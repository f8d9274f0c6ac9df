import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { countPlaywright, countVitest } from './counts.mjs'

const folder = mkdtempSync(path.join(os.tmpdir(), 'archway-counts-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, report: unknown): string {
  const file = path.join(folder, name)
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report))
  return file
}

test('a file that Vitest could not load counts as a failure, and what did not run is named', () => {
  const assertion = (fullName: string, status: string) => ({ fullName, status })
  const file = write('vitest.json', {
    testResults: [
      { status: 'passed', assertionResults: [assertion('a', 'passed'), assertion('b', 'skipped')] },
      { status: 'failed', assertionResults: [assertion('c', 'failed'), assertion('d', 'passed')] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [assertion('e', 'todo')] },
    ],
  })
  expect(countVitest(file)).toEqual({ passed: 2, failed: 2, skipped: ['b', 'e'] })
})

test('a journey that passed only when tried again has failed, and a skip keeps its reason', () => {
  const spec = (title: string, status: string, annotations: readonly unknown[] = []) => ({
    title,
    tests: [{ status, annotations }],
  })
  const file = write('playwright.json', {
    suites: [
      { specs: [spec('a', 'expected')], suites: [{ specs: [spec('b', 'flaky'), spec('c', 'unexpected')] }] },
      { specs: [spec('d', 'skipped', [{ type: 'skip', description: 'needs a mouse' }])] },
    ],
  })
  expect(countPlaywright(file)).toEqual({ passed: 1, failed: 2, skipped: ['d: needs a mouse'] })
})

test.each([countVitest, countPlaywright])('a runner that left no report has counted nothing', (count) => {
  expect(count(path.join(folder, 'absent.json'))).toEqual({ passed: 0, failed: 0, skipped: [] })
  expect(count(write('broken.json', '{"suites": ['))).toEqual({ passed: 0, failed: 0, skipped: [] })
})
