import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { type SeededMatrix, seedMatrix } from '#e2e/lab/seed-matrix.ts'
import { diffQuery, diffResponse } from '#lib/api/diff.ts'
import { diffReferences } from '#lib/service/diff-references.ts'
import { openReaderWorld, type ReaderWorld } from './reader-world.ts'

// Guarantee: one engine compares along all three axes, and says along which.

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
let lab: Lab
let world: ReaderWorld
let seeded: SeededMatrix

beforeAll(async () => {
  lab = await startLab({ registries: ['open'] })
  world = await openReaderWorld()
  seeded = await seedMatrix(lab.registry('open'))
})
afterAll(async () => {
  await world?.[Symbol.asyncDispose]()
  await lab?.stop()
})

const compare = async (query: Record<string, string>) =>
  diffResponse.parse(await diffReferences(world.context, diffQuery.parse(query)))

describe('comparing', () => {
  it('two platforms of one reference folds what another architecture must change', async () => {
    const { reference } = seeded.skewed
    const answer = await compare({ from: reference, fromPlatform: 'amd64', toPlatform: 'ppc64le' })
    expect(answer).toMatchObject({
      axis: 'platforms',
      complete: true,
      summary: { isAcrossArchitectures: true },
    })
    expect(answer.packages?.map(({ name, change }) => [name, change])).toEqual([
      ['libapp', 'changed'],
      ['libextra', 'removed'],
    ])
    expect(answer.folded).toMatchObject({ rebuild: 1, 'architecture-name': 1 })
  })

  it('one platform of two references folds nothing for the architecture', async () => {
    const [from, to] = [seeded.skewed.reference, seeded.even.reference]
    const answer = await compare({ from, to, fromPlatform: 'ppc64le' })
    expect(answer).toMatchObject({
      axis: 'references',
      complete: true,
      from: { platform: 'linux/ppc64le' },
      to: { platform: 'linux/ppc64le' },
      summary: { isAcrossArchitectures: false },
    })
    expect(answer.packages?.map(({ name, change }) => [name, change])).toEqual([
      ['libapp', 'changed'],
      ['libextra', 'added'],
      ['rebuilt', 'changed'],
    ])
    expect(answer.config?.changes).toMatchObject([{ field: 'env', key: 'MODE', from: 'safe', to: 'fast' }])
  })

  it('two indexes says platform by platform what is the very same image', async () => {
    const [from, to] = [seeded.skewed.reference, seeded.even.reference]
    const { axis, coverage, files } = await compare({ from, to })
    expect([axis, files]).toEqual(['indexes', undefined])
    expect(coverage?.map(({ platform, change }) => `${platform} ${change}`)).toEqual([
      'linux/amd64 same',
      'linux/arm64 same',
      'linux/ppc64le changed',
      'linux/s390x changed',
    ])
  })

  it('is the same from the command line, along each axis', async () => {
    const [from, to] = [seeded.skewed.reference, seeded.even.reference]
    const env = { ...process.env, ARCHWAY_DATA: world.folder, DOCKER_CONFIG: world.folder }
    const asked = [
      {
        args: [from, '--from', 'amd64', '--to', 'ppc64le'],
        query: { from, fromPlatform: 'amd64', toPlatform: 'ppc64le' },
      },
      { args: [from, to, '--from', 'ppc64le'], query: { from, to, fromPlatform: 'ppc64le' } },
      { args: [from, to], query: { from, to } },
    ]
    for (const { args, query } of asked) {
      const line = ['lib/cli/archway.mjs', 'diff', ...args, '--json']
      const { stdout } = await promisify(execFile)(process.execPath, line, { cwd: PROJECT_ROOT, env })
      expect(diffResponse.parse(JSON.parse(stdout))).toEqual(await compare(query))
    }
  })
})
