import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SAMPLE_REPORTS } from '#lib/report/testing/sample-reports.ts'
import { addReportOptions, ownsStdout, reportFiles, writeReportFiles } from './report-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'archway-reports-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

const parse = (...args: string[]) =>
  reportFiles(addReportOptions(new Command()).parse(args, { from: 'user' }).opts(), { json: false })

it('an option a format, its file beside it', () =>
  expect(parse('--in-toto', 'a.jsonl', '--junit', '-', '--html', 'r.html')).toEqual([
    { format: 'html', file: 'r.html' },
    { format: 'junit', file: '-' },
    { format: 'in-toto', file: 'a.jsonl' },
  ]))

it('standard output takes one document', () => {
  const usage = expect.objectContaining({ code: 'usage' })
  expect(() => parse('--junit', '-', '--sarif', '-')).toThrow(usage)
  expect(() => reportFiles({ ctrf: '-' }, { json: true })).toThrow(usage)
  expect(reportFiles({ ctrf: 'x' }, { json: true })).toHaveLength(1)
  expect(ownsStdout(parse('--junit', '-'))).toBe(true)
  expect(ownsStdout(parse('--junit', 'x'))).toBe(false)
})

it('a file that cannot be written is told, and the others are written', async () => {
  const told: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0)
  const nowhere = path.join(folder, 'nowhere', 'a.xml')
  const html = path.join(folder, 'a.html')
  const files = [
    { format: 'junit', file: nowhere },
    { format: 'html', file: html },
  ] as const
  expect(await writeReportFiles(SAMPLE_REPORTS.passed, files)).toBe(false)
  expect(told.join('')).toContain(`${nowhere} was not written`)
  expect(await readFile(html, 'utf8')).toContain('<!doctype html>')
  expect(await writeReportFiles(SAMPLE_REPORTS.passed, files.slice(1))).toBe(true)
})
