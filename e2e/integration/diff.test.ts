import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { type SeededDiff, seedDiff } from '#e2e/lab/seed-diff.ts'
import { diffResponse } from '#lib/api/diff.ts'
import { fileDiffResponse } from '#lib/api/diff-file.ts'

// Guarantee: a pipeline can rely on what `archway diff --fail-on` exits with.

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
let lab: Lab
let dataDir: string
let seeded: SeededDiff

beforeAll(async () => {
  lab = await startLab({ registries: ['open'] })
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-diff-'))
  seeded = await seedDiff(lab.registry('open'))
})
afterAll(async () => {
  await lab.stop()
  await rm(dataDir, { recursive: true })
})

function archway(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, ARCHWAY_DATA: dataDir, DOCKER_CONFIG: dataDir, NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['lib/cli/archway.mjs', 'diff', ...args],
      { cwd: PROJECT_ROOT, env, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

const BOTH = ['--from', 'amd64', '--to', 'ppc64le']

describe('archway diff', () => {
  it('says what is wrong, heaviest first, and exits 0 where nothing was to fail', async () => {
    const { code, stdout } = await archway(seeded.wrong.reference, ...BOTH)
    expect(code).toBe(0)
    const [, ...highlights] = stdout.split('\n')
    expect(highlights[0]).toBe('error usr/bin/helper in linux/ppc64le is x86-64, 64-bit, little-endian.')
    expect(stdout).toMatch(/^libapp +dpkg +2\.1-3 +2\.0-1$/m)
    expect(stdout).toMatch(/^~ etc\/app\.conf +mode$/m)
  })

  it('gives the API’s answer as JSON', async () => {
    const { stdout } = await archway(seeded.wrong.reference, ...BOTH, '--json', '--unfold', 'all')
    const answer = diffResponse.parse(JSON.parse(stdout))
    expect(answer.files?.filter(({ change }) => change === 'removed').length).toBeGreaterThanOrEqual(
      seeded.missingFiles,
    )
    expect(answer.files?.some(({ folded }) => folded === 'native-binary')).toBe(true)
  })

  it.each<[string, 'wrong' | 'right' | 'broken', string[], number]>([
    ['a foreign binary that is there', 'wrong', ['--fail-on', 'foreign-binary'], 1],
    ['one of several', 'wrong', ['--fail-on', 'shared-base,version-skew'], 1],
    ['another revision', 'wrong', ['--fail-on', 'other-revision'], 1],
    ['paths of one side', 'wrong', ['--fail-on', 'files-one-side'], 1],
    ['paths that differ', 'wrong', ['--fail-on', 'files-differ'], 1],
    ['anything', 'wrong', ['--fail-on', 'any'], 1],
    ['what is not there', 'wrong', ['--fail-on', 'shared-base,packages-one-side,config-drift'], 0],
    ['anything, and there is nothing', 'right', ['--fail-on', 'any'], 0],
    ['what a layer that cannot be read may hide', 'broken', ['--fail-on', 'foreign-binary'], 2],
    ['what nobody would look at', 'wrong', ['--no-files', '--fail-on', 'foreign-binary'], 64],
    ['no kind there is', 'wrong', ['--fail-on', 'nonsense'], 64],
    ['nothing, but unfolds no reason there is', 'wrong', ['--unfold', 'nonsense'], 64],
  ])('to fail on %s', async (_, tag, args, code) =>
    expect((await archway(seeded[tag].reference, ...BOTH, ...args)).code).toBe(code),
  )

  it('of two whole indexes says what only one covers', async () => {
    const references = [seeded.wrong.reference, seeded.right.reference]
    const { code, stdout } = await archway(...references, '--fail-on', 'coverage')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^linux\/s390x +- +\S+ +added/m)
    expect((await archway(...references, '--fail-on', 'foreign-binary')).code).toBe(64)
  })
})

// Guarantee: one file is told as `diff -u` would, and what is no text is never printed.

describe('archway diff --file', () => {
  const file = (path: string, ...more: string[]) =>
    archway(seeded.wrong.reference, ...BOTH, '--file', path, ...more)

  it('prints a unified diff with the lines around, and exits 1', async () => {
    const { code, stdout } = await file('/etc/texts/settings.conf')
    expect(code).toBe(1)
    expect(stdout.split('\n')).toEqual([
      `--- etc/texts/settings.conf\t${seeded.wrong.reference} linux/amd64`,
      `+++ etc/texts/settings.conf\t${seeded.wrong.reference} linux/ppc64le`,
      '@@ -2,7 +2,7 @@',
      ...[' setting-1 = 1', ' setting-2 = 2', ' setting-3 = 3', '-port = 8080', '+port = 9090'],
      ...[' setting-5 = 5', ' setting-6 = 6', ' setting-7 = 7', '@@ -58,7 +58,7 @@'],
      ...[' setting-57 = 57', ' setting-58 = 58', ' setting-59 = 59', '-cache = on', '+cache = off'],
      ...[' setting-61 = 61', ' setting-62 = 62', ' setting-63 = 63', ''],
    ])
  })

  it.each<[string, number, RegExp]>([
    ['etc/texts/windows.ini', 1, /^-a=1\n-b=2\n\+a=1\r\n\+b=2\r\n/m],
    ['etc/texts/no-end', 1, /^-last\n\\ No newline at end of file\n\+last\n/m],
    ['etc/texts/only-first', 1, /^\+\+\+ \/dev\/null\n@@ -1 \+0,0 @@\n-here\n/m],
    ['etc/texts/link', 1, /^old link settings\.conf\nnew link windows\.ini\nIt is a symlink without content/],
    ['etc/texts/logo', 1, /^It is no text on both sides\.\nlinux\/amd64: 3 bytes, sha256:[0-9a-f]{64}\n/],
    ['etc/texts/huge', 1, /^It is larger than 256 KiB on both sides\.\nlinux\/amd64: 307201 bytes, sha256/],
    ['etc/app.conf', 1, /^old mode 0644\nnew mode 0755\n$/],
    ['etc/nothing', 2, /^$/],
  ])('of %s exits %d and says what differs', async (path, code, told) => {
    const answer = await file(path)
    expect([answer.code, answer.stdout]).toEqual([code, expect.stringMatching(told)])
  })

  it('gives the API’s answer as JSON, exits 0 for the same, and refuses what means nothing to it', async () => {
    const same = await archway(seeded.right.reference, ...BOTH, '--file', 'etc/app.conf', '--json')
    expect(same.code).toBe(0)
    expect(fileDiffResponse.parse(JSON.parse(same.stdout)).text).toEqual({ kind: 'same' })
    expect((await file('etc/app.conf', '--fail-on', 'any')).code).toBe(64)
    expect((await file('etc/app.conf', '--context', '-1')).code).toBe(64)
  })

  it('does not call a file removed that a broken layer may hold', async () => {
    const { code, stderr } = await archway(seeded.broken.reference, ...BOTH, '--file', 'usr/bin/helper')
    expect(code).toBe(2)
    expect(stderr).toContain('a layer could not be read')
  })
})
