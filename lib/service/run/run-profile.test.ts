import { describe, expect, it } from 'vitest'
import type { Policy } from '#lib/coverage/policy.ts'
import type { NamedProfile } from '#lib/coverage/profiles.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import { type FakePlatform, RunWorld } from '../testing/run-world.ts'
import { runImage } from './run-image.ts'

const SAFE = {
  commandOnly: `schemaVersion: "2.0.0"
commandTests:
  - { name: says one, command: app, expectedOutput: ["one"] }
`,
  both: `schemaVersion: "2.0.0"
commandTests:
  - { name: says one, command: app, args: [a], envVars: [{ key: X, value: y }], expectedOutput: ["^one$"] }
metadataTest: { entrypoint: ["/app"] }
`,
}

interface Told {
  readonly policy?: Policy
  readonly profiles?: readonly NamedProfile[]
  readonly profile?: RunProfile
  readonly platforms?: readonly string[]
}

function run(world: RunWorld, { policy, profiles, profile, platforms }: Told) {
  const context = {
    ...world.context,
    ...(policy ? { policy } : {}),
    ...(profiles ? { profiles } : {}),
  }
  return runImage(
    context,
    { ref: 'registry.test/lab/app', profile, platforms },
    { runId: 'r1', emit: () => {} },
  )
}

function worldOf(...platforms: readonly FakePlatform[]): RunWorld {
  const world = new RunWorld()
  world.put(...platforms)
  return world
}

describe('structure tests', () => {
  it('run in fresh containers after the image itself, and the config is judged beside them', async () => {
    const world = worldOf({ runs: [{}, { stdout: 'one' }] })
    const { verdict, jobs } = await run(world, { profile: { tests: SAFE.both } })
    expect(verdict).toBe('passed')
    expect(jobs[0]?.tests).toMatchObject([
      { name: 'says one', kind: 'command', verdict: 'passed' },
      { name: 'metadata', kind: 'metadata', verdict: 'passed' },
    ])
    expect(world.engine.specs[1]).toMatchObject({ entrypoint: ['app'], command: ['a'], env: { X: 'y' } })
    expect(world.engine.containers.size).toBe(0)
  })
  it('that fail make the platform fail, and keep what was written', async () => {
    const { verdict, jobs } = await run(worldOf({ runs: [{}, { stdout: 'two' }] }), {
      profile: { tests: SAFE.both },
    })
    expect(verdict).toBe('failed')
    expect(jobs[0]?.ending?.verdict).toBe('passed')
    expect(jobs[0]?.findings).toMatchObject([{ code: 'RUN-005', evidence: { failed: 1, total: 2 } }])
    expect(jobs[0]?.tests?.[0]).toMatchObject({ verdict: 'failed', output: 'two' })
  })
  it('that an emulator crashed over are tried again, then make the platform inconclusive', async () => {
    const crash = {
      exitCode: 139,
      stderr: 'qemu: uncaught target signal 11 (Segmentation fault) - core dumped\n',
    }
    const again = await run(worldOf({ runs: [{}, crash, { stdout: 'one' }] }), {
      profile: { tests: SAFE.both },
    })
    expect(again.verdict).toBe('passed')
    const { verdict, jobs } = await run(worldOf({ runs: [{}, crash] }), { profile: { tests: SAFE.both } })
    expect(verdict).toBe('inconclusive')
    expect(jobs[0]?.ending?.reason).toBe('tests-unknown')
  })
  it('are skipped where nothing can run the platform, while the config is judged all the same', async () => {
    const { jobs } = await run(worldOf({ architecture: 's390x' }), { profile: { tests: SAFE.both } })
    expect(jobs[0]?.tests?.map(({ verdict }) => verdict)).toEqual(['skipped', 'passed'])
    expect(jobs[0]?.verdict).toBe('skipped')
  })
  it('of files are inconclusive where layers cannot be read', async () => {
    const tests = 'schemaVersion: "2.0.0"\nfileExistenceTests: [{ name: app, path: /app }]\n'
    const { jobs } = await run(worldOf({}), { profile: { tests } })
    expect(jobs[0]?.tests?.[0]?.verdict).toBe('inconclusive')
  })
  it('that are not understood are told before anything runs', async () => {
    const world = worldOf({})
    await expect(run(world, { profile: { tests: 'schemaVersion: "1"' } })).rejects.toMatchObject({
      code: 'request_invalid',
    })
    expect(world.engine.calls).toEqual([])
  })
})

describe('the policy', () => {
  const require = [{ repository: '**', platforms: ['linux/arm64', 'linux/ppc64le'] }]
  it('has a required platform that is missing fail the run', async () => {
    const { verdict, jobs } = await run(worldOf({}), { policy: { require, exceptions: [] } })
    expect(verdict).toBe('failed')
    expect(jobs.map((job) => [job.platform, job.verdict])).toEqual([
      ['linux/arm64', 'failed'],
      ['linux/ppc64le', 'passed'],
    ])
    expect(jobs[0]?.findings[0]?.code).toBe('COV-001')
  })
  it('accepts what it makes an exception for, with its reason, and never a run that failed', async () => {
    const world = worldOf({ runs: [{}, {}] })
    const exception = { repository: '**', reason: 'known', expires: '2026-12-31' } as const
    const exceptions = [
      { ...exception, check: 'RUN-005' as const },
      { ...exception, check: 'RUN-001' as const },
    ]
    const accepted = await run(world, {
      policy: { require: [], exceptions },
      profile: { tests: SAFE.commandOnly },
    })
    expect(accepted.verdict).toBe('passed')
    expect(accepted.jobs[0]?.accepted).toMatchObject([{ code: 'RUN-005', reason: 'known' }])
    const failed = await run(worldOf({ runs: [{ exitCode: 1 }] }), { policy: { require: [], exceptions } })
    expect(failed.verdict).toBe('failed')
  })
})

describe('a profile of archway.yaml', () => {
  const profiles: NamedProfile[] = [
    {
      name: 'smoke',
      repository: '**',
      isDefault: true,
      profile: { command: ['-v'], limits: { memoryMiB: 64, pids: 9 } },
    },
  ]
  it('is taken unless told otherwise, and the report says so', async () => {
    const world = worldOf({})
    const report = await run(world, { profiles, profile: { network: true } })
    expect(report.profile).toEqual({ command: ['-v'], limits: { memoryMiB: 64, pids: 9 }, network: true })
    expect(report.profileOrigin).toEqual({ name: 'smoke', repository: '**', overridden: [] })
    expect(world.engine.specs[0]?.limits).toMatchObject({ memoryBytes: 64 << 20, pids: 9 })
  })
})

describe('a service', () => {
  const told = async (world: RunWorld, profile: RunProfile) => {
    const { jobs } = await run(world, { profile })
    return `${jobs[0]?.verdict} ${jobs[0]?.ending?.reason}`
  }
  it('whose port cannot be tried is inconclusive, and that is seen at once', async () => {
    const world = worldOf({ runs: [{ hangs: true }] })
    expect(await told(world, { service: { port: 8080 } })).toBe('inconclusive service-unseen')
    expect(world.engine.containers.size).toBe(0)
  })
  it.each([
    ['healthy', 'passed still-running'],
    ['unhealthy', 'inconclusive unhealthy'],
    ['none', 'failed no-health-check'],
  ] as const)('whose health check says %s is %s', async (status, expected) => {
    const health = [{ status: 'starting' }, { status, last: { exitCode: 0, output: 'so\n' } }] as const
    const world = worldOf({ runs: [{ hangs: true, health }] })
    expect(await told(world, { service: { health: true } })).toBe(expected)
    expect(world.engine.specs[0]?.health).toBe(true)
  })
  it('whose health check is never tried is inconclusive when its time is up', async () => {
    const world = worldOf({ runs: [{ hangs: true, health: [{ status: 'starting' }] }] })
    expect(await told(world, { service: { health: true }, timeoutMs: 600 })).toBe(
      'inconclusive service-unseen',
    )
  })
})

describe('files', () => {
  it('come in an image of the job’s own, which goes with it', async () => {
    const world = worldOf({})
    const report = await run(world, { profile: { files: { '/etc/x': 'y' } } })
    expect(report.verdict).toBe('passed')
    const image = world.engine.specs[0]?.image
    expect(image).toMatch(/\+\/etc\/x$/)
    expect(world.engine.calls).toContain(`removeImage ${image}`)
  })
})

it.each([
  ['bogus', 'The image has linux/ppc64le.'],
  ['linux/ppc64lf', 'Did you mean linux/ppc64le?'],
])('a platform that nobody knows is refused before anything runs: %s', async (platform, hint) => {
  const world = worldOf({})
  await expect(run(world, { platforms: [platform] })).rejects.toMatchObject({
    code: 'platform_invalid',
    hint,
  })
  expect(world.engine.calls).toEqual([])
})
