import { describe, expect, it } from 'vitest'
import { report } from '#lib/report/model.ts'
import { RunWorld } from '../testing/run-world.ts'

describe('the work', () => {
  it('goes by the digest of each platform’s own manifest, in the sandbox', async () => {
    const world = new RunWorld()
    const digests = world.put({ architecture: 'amd64' }, {})
    await world.run({ profile: { env: { A: 'b' }, command: ['x'] } })
    expect(world.engine.calls.filter((call) => call.startsWith('pull')).toSorted()).toEqual(
      digests.map((digest) => `pull ${digest}`).toSorted(),
    )
    expect(world.engine.specs[1]).toMatchObject({
      network: 'none',
      env: { A: 'b' },
      command: ['x'],
      lease: { instance: 'test', run: 'r1' },
    })
    expect(world.engine.calls.some((call) => call.startsWith('removeImage'))).toBe(false)
  })
  it('is told as it happens', async () => {
    const world = new RunWorld()
    world.put({ runs: [{ stdout: 'a', stderr: 'b' }] })
    await world.run()
    const told = world.events.map((event) => {
      if (event.type === 'phase') return event.phase
      return event.type === 'output' ? `${event.stream}:${event.text}` : event.type
    })
    expect(told).toEqual([
      'planned',
      'pulling',
      'progress',
      'progress',
      'preparing',
      'running',
      'stdout:a',
      'stderr:b',
      'cleaning-up',
      'finished',
      'job',
      'finished',
    ])
  })
  it('ends within two seconds when it is cancelled, and leaves nothing', async () => {
    const world = new RunWorld()
    world.put({ runs: [{ hangs: true }] }, { architecture: 'amd64' })
    const abort = new AbortController()
    const running = world.run({ profile: { timeoutMs: 60_000 } }, { signal: abort.signal })
    while (!world.events.some((event) => event.type === 'phase' && event.phase === 'running')) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    const startedMs = performance.now()
    abort.abort()
    const result = await running
    expect(performance.now() - startedMs).toBeLessThan(10_000)
    expect(result.state).toBe('cancelled')
    expect(result.verdict).toBeUndefined()
    expect(result.jobs.find((job) => job.platform === 'linux/ppc64le')?.state).toBe('cancelled')
    expect(world.engine.containers.size).toBe(0)
    expect(report.parse(result)).toEqual(result)
  })
  it('takes images out of the engine again when asked, not those that were there', async () => {
    const world = new RunWorld()
    const [fresh = '', old = ''] = world.put({ architecture: 'amd64' }, { present: true })
    await world.run({}, { removeImages: true })
    expect(world.engine.calls).toContain(`removeImage ${fresh}`)
    expect(world.engine.calls).not.toContain(`removeImage ${old}`)
  })
  it('takes an image out that the run brought before it was stopped, of that engine alone', async () => {
    const world = new RunWorld()
    const [ours = '', theirs = ''] = world.put({ present: true }, { architecture: 'amd64', present: true })
    const broughtTo = new Map([
      ['linux/ppc64le', 'fake'],
      ['linux/amd64', 'another'],
    ])
    await world.run({}, { removeImages: true, broughtTo })
    expect(world.engine.calls).toContain(`removeImage ${ours}`)
    expect(world.engine.calls).not.toContain(`removeImage ${theirs}`)
  })
  it('tells that it brings an image before it does', async () => {
    const world = new RunWorld()
    const [digest] = world.put({ architecture: 'amd64' })
    const calls: string[] = []
    await world.run(
      {},
      {
        onBring: async (platform, engine) => {
          calls.push(`${platform} ${engine}`, ...world.engine.calls.filter((call) => call.startsWith('pull')))
        },
      },
    )
    expect(calls).toEqual(['linux/amd64 fake', `pull ${digest}`])
  })
  it.each([
    ['a platform that is none', { platforms: ['a/b/c/d'] }, 'platform_invalid'],
    ['an expectation that is none', { profile: { expectOutput: '/(/' } }, 'request_invalid'],
    ['a tag that is not there', { ref: 'registry.test/lab/app:gone' }, 'manifest_unknown'],
  ])('does not begin with %s', async (_, request, code) => {
    const world = new RunWorld()
    world.put({})
    await expect(world.run(request)).rejects.toMatchObject({ code })
  })
})
