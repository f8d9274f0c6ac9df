import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { report } from '#lib/report/model.ts'
import { RunWorld } from '../testing/run-world.ts'
import type { LeavingImages } from './leaving-images.ts'

/** What is owed, in memory, and the order in which it was told. */
function ledger(...entries: readonly string[]) {
  const owed = new Set(entries)
  const told: string[] = []
  const leaving: LeavingImages = {
    note: async (platform, engine, image) => {
      told.push(`${platform} ${engine} ${image}`)
      owed.add(`${engine} ${image}`)
    },
    isOwed: async (engine, image) => owed.has(`${engine} ${image}`),
    settle: async (engine, image) => void owed.delete(`${engine} ${image}`),
  }
  return { leaving, owed, told }
}

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
    const { leaving } = ledger(`fake ${ours}`, `another ${theirs}`)
    await world.run({}, { removeImages: true, leaving })
    expect(world.engine.calls).toContain(`removeImage ${ours}`)
    expect(world.engine.calls).not.toContain(`removeImage ${theirs}`)
  })
  it('notes what it brings, and keeps it owed while somebody needs it', async () => {
    const world = new RunWorld()
    const [digest = ''] = world.put({ architecture: 'amd64' })
    const { leaving, told, owed } = ledger()
    world.engine.imagesInUse.add(digest)
    await world.run({}, { removeImages: true, leaving })
    expect(told).toEqual([`linux/amd64 fake ${digest}`])
    // Somebody else's container has it: it is still owed.
    expect([...owed]).toEqual([`fake ${digest}`])
    world.engine.imagesInUse.clear()
    await world.run({}, { removeImages: true, leaving })
    expect([...owed]).toEqual([])
  })
  it('brings an image once more that somebody took out of the engine meanwhile', async () => {
    const world = new RunWorld()
    const [digest] = world.put({ architecture: 'amd64' })
    world.engine.failures.set('create', new AppError('image_gone', 'It is gone.'))
    const result = await world.run()
    expect(world.engine.calls.filter((call) => call === `pull ${digest}`)).toHaveLength(2)
    expect(result.verdict).toBe('inconclusive')
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
