import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { programFile } from '#e2e/lab/run-images/programs.ts'
import type { TarEntry } from '#e2e/lab/tar.ts'
import type { Report } from '#lib/report/model.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import { type RunWorld, startRunWorld } from './run-world.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const testTimeoutMs = 60_000

describe.skipIf(reason)(`an entrypoint in a real container ${reason ?? ''}`, () => {
  let world: RunWorld
  let behave: Buffer
  let pushed = 0
  beforeAll(async () => {
    world = await startRunWorld()
    behave = await readFile(programFile('ppc64le', 'behave'))
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  /** Runs one image of these entries; what is resolved is what really executes, or the two disagree. */
  async function run(
    entries: readonly TarEntry[],
    config: Readonly<Record<string, unknown>>,
    profile: RunProfile = {},
  ): Promise<Report['jobs'][number] | undefined> {
    const image = buildImage({ architecture: 'ppc64le', layers: [buildLayer(entries)], config })
    const repository = openRepository(world.engines.lab.registry('open'), 'lab/entrypoint')
    const tag = `t${pushed++}`
    await repository.push(buildIndex({ children: [image] }), tag)
    const result = await world.validate({
      ref: repository.registry.reference('lab/entrypoint', tag),
      profile,
    })
    return result.jobs[0]
  }
  const program = (path: string): TarEntry => ({ path, mode: 0o755, content: behave })
  const script = (path: string, content: string): TarEntry => ({ path, mode: 0o755, content })
  const link = (path: string, linkTarget: string): TarEntry => ({ path, type: 'symlink', linkTarget })

  test('is followed through PATH, links and a “#!” line as the kernel does', {
    timeout: testTimeoutMs,
  }, async () => {
    const job = await run(
      [
        link('bin', 'usr/bin'),
        link('usr/bin/tool', '../lib/tool'),
        program('usr/lib/tool'),
        link('opt/bin/start', '../scripts/start.sh'),
        script('opt/scripts/start.sh', '#!/bin/tool both\n'),
      ],
      { Entrypoint: ['start'], Env: ['PATH=/nowhere:/opt/bin'] },
    )
    expect(job).toMatchObject({ verdict: 'passed', execution: { exitCode: 0 } })
    expect(job?.execution?.output).toContain('out 1')
    expect(job?.truths.binaries?.chain).toEqual([
      '/opt/bin/start',
      '/opt/scripts/start.sh',
      '/bin/tool',
      '/usr/lib/tool',
    ])
  })

  test('may be relative to the working directory', { timeout: testTimeoutMs }, async () => {
    const job = await run([program('srv/app/run')], { Entrypoint: ['./run', 'both'], WorkingDir: '/srv/app' })
    expect(job).toMatchObject({ verdict: 'passed', truths: { binaries: { chain: ['/srv/app/run'] } } })
  })

  test('may be another one than the image’s', { timeout: testTimeoutMs }, async () => {
    const config = { Entrypoint: ['/nothing'], Cmd: ['exit'] }
    const job = await run([program('probe')], config, { entrypoint: ['/probe', 'both'] })
    expect(job).toMatchObject({ verdict: 'passed', truths: { binaries: { chain: ['/probe'] } } })
  })

  test('in a large file costs no more than its first bytes', { timeout: testTimeoutMs }, async () => {
    const content = Buffer.concat([behave, Buffer.alloc(40 << 20)])
    const job = await run([{ path: 'large', mode: 0o755, content }], { Entrypoint: ['/large', 'both'] })
    expect(job?.verdict).toBe('passed')
  })

  test.each<[string, readonly TarEntry[], string]>([
    ['a link into nothing', [link('app', 'gone')], 'not-found'],
    ['a directory', [{ path: 'app', type: 'directory' }], 'not-executable'],
    ['DOS line ends', [script('app', '#!/tool\r\n'), program('tool')], 'missing-interpreter'],
    ['an empty file', [script('app', '')], 'exec-format'],
    ['half a binary', [script('app', '\x7fELF\x02\x01\x01')], 'exec-format'],
  ])('%s is the image’s fault', { timeout: testTimeoutMs }, async (_, entries, endingReason) => {
    const job = await run(entries, { Entrypoint: ['/app'] })
    expect([job?.verdict, job?.ending?.reason]).toEqual(['failed', endingReason])
  })
})
