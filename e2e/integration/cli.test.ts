import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import PQueue from 'p-queue'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { type SeededMany, seedMany } from '#e2e/lab/seed-many.ts'
import { type OddTag, type SeededOdd, seedOdd } from '#e2e/lab/seed-odd.ts'
import { type SeededSample, seedSample } from '#e2e/lab/seed-sample.ts'
import { imageResponse } from '#lib/api/image.ts'
import { tagsResponse } from '#lib/api/tags.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
let lab: Lab
let dataDir: string
let sample: SeededSample
let odd: SeededOdd
let many: SeededMany

beforeAll(async () => {
  lab = await startLab({ registries: ['open'] })
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-cli-'))
  const open = lab.registry('open')
  sample = await seedSample(open)
  odd = await seedOdd(open)
  many = await seedMany(open)
})
afterAll(async () => {
  await lab.stop()
  await rm(dataDir, { recursive: true })
})

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `archway`, by the launcher that people run. */
function archway(...args: string[]): Promise<Ended> {
  const env = { ...process.env, ARCHWAY_DATA: dataDir, DOCKER_CONFIG: dataDir, NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['lib/cli/archway.mjs', ...args],
      { cwd: PROJECT_ROOT, env, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

describe('archway tags', () => {
  it('shows platforms as columns with holes, and says where one was lost', async () => {
    const { code, stdout, stderr } = await archway('tags', sample.reference)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^TAG +DIGEST +amd64 +arm64 +ppc64le +s390x/)
    expect(stdout).toMatch(/^1\.24\.3 +\S+ +yes +yes +missing +yes/m)
    expect(stderr).toContain('linux/ppc64le was lost at 1.18.0 and came back at 1.25.0.')
  })

  it('gives the API’s answer as JSON, whole, through a pipe', async () => {
    const { code, stdout } = await archway('tags', many.reference, '--limit', '1000', '--json')
    expect(code).toBe(0)
    const answer = tagsResponse.parse(JSON.parse(stdout))
    expect(answer.tags).toHaveLength(1_000)
    expect(answer.complete).toBe(true)
  })

  it('filters by what is missing', async () => {
    const { stdout } = await archway(
      'tags',
      many.reference,
      '--missing',
      'ppc64le',
      '--limit',
      '1000',
      '--json',
    )
    const names = tagsResponse.parse(JSON.parse(stdout)).tags.map((tag) => tag.name)
    expect(names.sort()).toEqual([...many.withoutPower].sort())
  })
})

describe('archway inspect', () => {
  it('shows index beside config for the seed program’s four platforms', async () => {
    const { code, stdout } = await archway('inspect', sample.newest.reference)
    expect(code).toBe(0)
    for (const platform of ['amd64', 'arm64', 'ppc64le', 's390x']) {
      expect(stdout).toMatch(
        new RegExp(`^linux/${platform} +\\S+ +linux/${platform} +linux/${platform} +present`, 'm'),
      )
    }
  })

  it('exits 1 on a finding of severity error, and names both values', async () => {
    const { code, stdout } = await archway('inspect', odd.tags['config-mismatch'].reference)
    expect(code).toBe(1)
    expect(stdout).toContain(
      'META-001 linux/ppc64le: The index says linux/ppc64le, the image’s own config says linux/amd64.',
    )
  })

  it('opens every oddity without breaking', async () => {
    const open = async (tag: (typeof odd.tags)[OddTag]) => {
      const { code, stdout } = await archway('inspect', tag.reference, '--json')
      expect([0, 1], tag.tag).toContain(code)
      const answer = imageResponse.parse(JSON.parse(stdout))
      expect(answer.digest).toBe(tag.digest)
      const missing = answer.platforms.filter((row) => row.presence === 'missing').map((row) => row.digest)
      expect(missing.sort()).toEqual([...tag.missing].sort())
      expect(answer.platforms.some((row) => row.platform.includes('unknown'))).toBe(false)
    }
    const commands = new PQueue({ concurrency: 4 })
    await commands.addAll(Object.values(odd.tags).map((tag) => () => open(tag)))
  })

  it('prints the exact bytes of a manifest', async () => {
    const { createHash } = await import('node:crypto')
    const { stdout } = await archway('inspect', sample.newest.reference, '--raw')
    expect(`sha256:${createHash('sha256').update(stdout).digest('hex')}`).toBe(sample.newest.digest)
  })

  it('reads the bundled sample without a registry', async () => {
    const { code, stdout } = await archway('inspect', 'oci:samples/multiarch-app')
    expect(code).toBe(0)
    expect(stdout).toContain('linux/ppc64le')
  })
})

describe.concurrent('what cannot be answered', () => {
  it.each([
    [['inspect', 'Upper/Case'], 64, 'upper-case'],
    [['inspect'], 64, 'missing required argument'],
    [['frobnicate'], 64, 'unknown command'],
    [['tags', 'a', '--limit', '0'], 64, 'limit'],
    [['inspect', '127.0.0.1:1/a:b'], 2, 'refuses connections'],
    [['inspect', 'oci:nowhere'], 2, 'oci:nowhere'],
    [['tags', 'a', '--server', 'nonsense'], 64, 'not a URL'],
  ])('%o exits %i', async (args, code, says) => {
    const ended = await archway(...args)
    expect(ended.code).toBe(code)
    expect(ended.stderr).toContain(says)
    expect(ended.stdout).toBe('')
  })

  it('is problem+json on standard output with --json', async () => {
    const { code, stdout } = await archway('inspect', `${odd.reference}:gone`, '--json')
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ code: 'manifest_unknown', status: 404 })
  })
})
