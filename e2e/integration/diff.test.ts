import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { type SeededDiff, seedDiff } from '#e2e/lab/seed-diff.ts'
import { diffResponse } from '#lib/api/diff.ts'

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
    ['what is not there', 'wrong', ['--fail-on', 'shared-base'], 0],
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
