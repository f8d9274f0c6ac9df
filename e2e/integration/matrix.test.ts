import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { type SeededMatrix, seedMatrix } from '#e2e/lab/seed-matrix.ts'
import { matrixResponse } from '#lib/api/matrix.ts'

// Guarantee: one command names the platform that is not like the others, and never calls missing what it did not see.

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
let lab: Lab
let dataDir: string
let seeded: SeededMatrix

beforeAll(async () => {
  lab = await startLab({ registries: ['open'] })
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-matrix-'))
  seeded = await seedMatrix(lab.registry('open'))
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
      ['lib/cli/archway.mjs', 'matrix', ...args],
      { cwd: PROJECT_ROOT, env, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

describe('archway matrix', () => {
  it('names the odd ones in one sentence, then in a table of what differs alone', async () => {
    const { code, stdout } = await archway(seeded.skewed.reference)
    expect(code).toBe(0)
    const [text] = stdout.split('\n')
    expect(text).toBe(
      '4 platforms agree on 401 of 404 packages and 5 of 7 settings; what differs is on linux/ppc64le and linux/s390x. Built for another architecture: 1 program of linux/ppc64le.',
    )
    expect(stdout).toMatch(/^PACKAGE +linux\/amd64 +linux\/arm64 +linux\/ppc64le +linux\/s390x$/m)
    expect(stdout).toMatch(/^libapp \(dpkg\) +2\.1-3 +2\.1-3 +! 2\.0-1 +2\.1-3$/m)
    expect(stdout).toMatch(/^libextra \(dpkg\) +5\.2-1 +5\.2-1 +missing +5\.2-1$/m)
    expect(stdout).toMatch(/^libvector \(dpkg\) +- +- +- +\+ 0\.9-1$/m)
    expect(stdout).toMatch(/^env MODE +fast +fast +! safe +fast$/m)
    expect(stdout).toMatch(/^ELF files +none +none +1 of 1 of another architecture +none$/m)
    expect(stdout).not.toMatch(/common-000|LD_LIBRARY_PATH|rebuilt/)
  })

  it('with --all shows what agrees, and what must differ', async () => {
    const { stdout } = await archway(seeded.skewed.reference, '--all', '--json')
    const answer = matrixResponse.parse(JSON.parse(stdout))
    expect(answer.packages).toHaveLength(seeded.commonPackages + 4)
    expect(answer.packages?.find(({ name }) => name === 'rebuilt')?.marks[2]).toBe('expected')
    expect(answer.config.find(({ key }) => key === 'LD_LIBRARY_PATH')?.state).toBe('expected')
    expect(answer.complete).toBe(true)
  })

  it('of platforms that are named compares those alone', async () => {
    const { stdout } = await archway(seeded.skewed.reference, '--platform', 'amd64', '--platform', 'arm64')
    expect(stdout).toContain('2 platforms agree on all 403 packages and all 7 settings.\n')
    expect(stdout).toContain('linux/ppc64le (not-asked)')
  })

  it('says what it could not look at, and misses nothing there', async () => {
    const { code, stdout, stderr } = await archway(seeded.broken.reference, '--fail-on', 'any')
    expect(code).toBe(2)
    expect(stdout).toContain('Not all of linux/arm64, linux/ppc64le and linux/s390x could be looked at.')
    expect(stdout).not.toContain('missing')
    expect(stderr).toMatch(/^archway: linux\/arm64: /m)
    expect(stderr).toMatch(/^archway: linux\/ppc64le: /m)
    expect(stderr).toMatch(/^archway: linux\/s390x: the dpkg database var\/lib\/dpkg\/status: /m)
  })

  it.each<[string, 'skewed' | 'even' | 'broken', string[], number]>([
    ['packages that differ', 'skewed', ['--fail-on', 'packages'], 1],
    ['settings that differ, without a layer', 'skewed', ['--no-layers', '--fail-on', 'config'], 1],
    ['a foreign program', 'skewed', ['--fail-on', 'binaries'], 1],
    ['anything, and there is nothing', 'even', ['--fail-on', 'any'], 0],
    ['what nobody would look at', 'even', ['--no-layers', '--fail-on', 'packages'], 64],
    ['no kind there is', 'even', ['--fail-on', 'nonsense'], 64],
  ])('fails on %s', async (_, tag, args, code) =>
    expect((await archway(seeded[tag].reference, ...args)).code).toBe(code),
  )
})
