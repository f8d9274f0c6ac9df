import { describe, expect, it } from 'vitest'
import { renderFinding } from '#lib/checks/render-finding.ts'
import { unjudgedText } from '#lib/checks/unjudged.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { elfShapes } from '#lib/image/testing/build-elf.ts'
import { file, link, program } from '#lib/image/testing/memory-image.ts'
import type { FakeRun } from '../testing/fake-engine.ts'
import { type Architecture, type FakePlatform, RunWorld } from '../testing/run-world.ts'
import type { RunRequest } from './plan-run.ts'

/** An image whose program does this, with a busybox of some architecture linked as `uname`. */
const withUname = (
  answer: FakeRun,
  { busybox = 'ppc64le', ran = {} }: { busybox?: Architecture; ran?: FakeRun } = {},
): FakePlatform => ({
  files: {
    '/app': program(elfShapes.ppc64le),
    '/bin/uname': link('busybox'),
    '/bin/busybox': program(elfShapes[busybox]),
  },
  runs: [ran, answer],
})

async function validate(platform: FakePlatform, request: Partial<RunRequest> = {}) {
  const world = new RunWorld()
  world.put(platform)
  const { jobs, verdict } = await world.run(request)
  const [job] = jobs
  return {
    world,
    job,
    verdict,
    found: job?.findings.map((each) => `${each.code} ${renderFinding(each as never).message}`),
    unjudged: job?.unjudged?.map((each) => `${each.codes.join()} ${unjudgedText(each)}`),
  }
}

describe('the image’s own uname', () => {
  it('agrees: nothing is found, and what it said is kept', async () => {
    const { job, world, unjudged, verdict } = await validate(withUname({ stdout: 'ppc64le\n' }))
    expect([verdict, job?.findings, unjudged]).toEqual(['passed', [], undefined])
    expect(job?.uname).toEqual({ path: '/bin/uname', said: 'ppc64le' })
    expect(job?.steps.map(({ name }) => name)).toContain('uname')
    expect(world.engine.containers.size).toBe(0)
  })
  it('is of another architecture, beside a right program that passes', async () => {
    const { found, job, verdict } = await validate(withUname({ stdout: 'x86_64\n' }, { busybox: 'amd64' }))
    expect([verdict, job?.ending?.verdict]).toEqual(['failed', 'passed'])
    expect(found).toEqual([
      'RUN-002 /bin/uname -m says x86_64; expected ppc64le: /bin/busybox is ELF x86-64, 64-bit, little-endian.',
    ])
  })
  it('runs in a sandbox like the image’s own, by its own name and with the run’s variables', async () => {
    const profile = { env: { WHO: 'me' }, limits: { memoryMiB: 64 } }
    const { world } = await validate(withUname({ stdout: 'ppc64le' }), { profile })
    const [own, asked] = world.engine.specs
    expect(asked).toMatchObject({ entrypoint: ['/bin/uname'], command: ['-m'], env: { WHO: 'me' } })
    expect([asked?.limits, asked?.network]).toEqual([own?.limits, 'none'])
  })
  it('is found where the run’s own PATH leads', async () => {
    const profile = { env: { PATH: '/opt/tools' } }
    const files = { '/app': program(elfShapes.ppc64le), '/opt/tools/uname': program(elfShapes.ppc64le) }
    const { job } = await validate({ files, runs: [{}, { stdout: 'ppc64le\n' }] }, { profile })
    expect(job?.uname?.path).toBe('/opt/tools/uname')
  })
})

describe('is not judged, and that is told', () => {
  it.each<[string, FakePlatform, string]>([
    ['there is none', {}, 'RUN-002 the image has no uname to ask'],
    [
      'the job had failed',
      withUname({ stdout: 'x86_64\n' }, { ran: { exitCode: 1 } }),
      'RUN-002 the job had ended before its uname could be asked',
    ],
    [
      'it fails',
      withUname({ exitCode: 1 }),
      'RUN-002 the image’s uname did not answer: it ended with exit code 1',
    ],
    [
      'it never ends',
      withUname({ exitCode: 137, timedOut: true }),
      'RUN-002 the image’s uname did not answer: it did not end in time',
    ],
    [
      'it cannot be started',
      withUname({ exitCode: 127, startFailure: { kind: 'other', message: 'no' } }),
      'RUN-002 the image’s uname did not answer: it could not be started: no',
    ],
    ...['', 'two words', '\u001b[31m', 'x'.repeat(65)].map((stdout): [string, FakePlatform, string] => [
      `it says ${JSON.stringify(stdout)}`,
      withUname({ stdout }),
      'RUN-002 the image’s uname did not answer: it did not answer with one word',
    ]),
    [
      'it is a script without its interpreter',
      { files: { '/app': program(elfShapes.ppc64le), '/bin/uname': file('#!/bin/nothing\n') } },
      'RUN-002 the image’s uname did not answer: it cannot be started (missing-interpreter)',
    ],
  ])('%s', async (_, platform, told) => {
    const { found, unjudged, world } = await validate(platform)
    expect(found?.filter((text) => text.startsWith('RUN-002'))).toEqual([])
    expect(unjudged).toEqual([told])
    expect(world.engine.containers.size).toBe(0)
  })
  it('costs no container where there is none, and where the job has failed', async () => {
    for (const platform of [{}, withUname({ stdout: 'x' }, { ran: { exitCode: 1 } })])
      expect((await validate(platform)).world.engine.specs).toHaveLength(1)
  })
  it('the engine fails only then: the run keeps its verdict', async () => {
    const world = new RunWorld()
    world.put(withUname({ stdout: 'ppc64le\n' }))
    const { engine } = world
    const create = engine.create.bind(engine)
    engine.create = async (spec) => {
      if (spec.command?.[0] === '-m') throw new AppError('engine_unavailable', 'The engine is gone.')
      return create(spec)
    }
    const { verdict, jobs } = await world.run()
    expect(verdict).toBe('passed')
    expect(jobs[0]?.unjudged).toMatchObject([{ reason: 'uname-not-run', what: 'The engine is gone.' }])
  })
  it('nothing is told of a platform of which nothing ran', async () => {
    const { unjudged, job } = await validate({ architecture: 's390x' })
    expect([job?.verdict, job?.uname, unjudged]).toEqual(['skipped', undefined, undefined])
  })
})
