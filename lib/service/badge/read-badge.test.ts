import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { startRun } from '../run/start-run.ts'
import { type DeskWorld, startDeskWorld } from '../testing/desk-world.ts'
import { readBadge } from './read-badge.ts'

const ref = 'registry.test/lab/app'
const [AMD64, POWER, Z] = ['linux/amd64', 'linux/ppc64le', 'linux/s390x']
const DAY_MS = 86_400_000
const SIX_MINUTES_MS = 360_000

/** Validates `latest`, or what else is asked. */
async function run(desk: DeskWorld, request: Partial<Parameters<typeof startRun>[1]> = {}): Promise<string> {
  const { id } = await startRun(desk.context, { ref, ...request })
  await desk.over(id)
  return id
}

const stateOf = async (desk: DeskWorld, platform?: string, of = ref) =>
  (await readBadge(desk.context, { ref: of, platform })).state

describe('a badge', () => {
  it('tells native from emulated, and what was not run from what passed', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' }, { architecture: 'ppc64le' }, { architecture: 's390x' })
    expect(await stateOf(desk, POWER)).toBe('unvalidated')
    await run(desk)
    expect(await stateOf(desk, AMD64)).toBe('native')
    expect(await stateOf(desk, 'ppc64el')).toBe('emulated')
    expect(await stateOf(desk, Z)).toBe('unvalidated')
    expect(await stateOf(desk, 'linux/arm64')).toBe('missing')
    expect(await readBadge(desk.context, { ref })).toEqual({
      state: 'partial',
      label: 'multi-arch',
      message: 'validated on 2 of 3',
      color: 'yellow',
      title: 'registry.test/lab/app:latest, multi-arch: validated on 2 of 3',
    })
  })

  it('of a whole image is not green for what somebody left out', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' }, { architecture: 'ppc64le' })
    await run(desk, { platforms: [AMD64] })
    expect(await stateOf(desk)).toBe('partial')
    expect(await stateOf(desk, POWER)).toBe('unvalidated')
    await run(desk, { platforms: [POWER] })
    expect(await stateOf(desk)).toBe('emulated')
  })

  it('is of the newest report, whatever it says', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64', runs: [{}, { exitCode: 1 }] })
    await run(desk)
    expect(await stateOf(desk, AMD64)).toBe('native')
    await run(desk)
    expect(await stateOf(desk, AMD64)).toBe('failed')
    expect(await stateOf(desk)).toBe('failed')
  })

  it('misses what the policy requires and what somebody asked for', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' })
    await run(desk, { platforms: [AMD64, Z] })
    expect(await stateOf(desk, Z)).toBe('missing')
    expect(await stateOf(desk)).toBe('missing')
    await run(desk, { platforms: [AMD64] })
    expect(await stateOf(desk)).toBe('native')
    const policy = { require: [{ repository: ref, platforms: [POWER] }], exceptions: [] }
    const badge = await readBadge({ ...desk.context, policy }, { ref })
    expect(badge).toMatchObject({ state: 'missing', title: expect.stringContaining('does not have') })
  })

  it('of a repository is of its latest, else of the tag that was run last', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' })
    const { tags } = desk.world.memory.source
    const digest = tags.get('latest')
    for (const tag of ['1.0', '1.1', '1.1-amd64']) {
      if (digest) tags.set(tag, digest)
      await run(desk, { ref: `${ref}:${tag}` })
    }
    expect(await readBadge(desk.context, { ref })).toMatchObject({
      state: 'native',
      title: `${ref}:1.1, multi-arch: validated natively`,
    })
    await run(desk)
    expect((await readBadge(desk.context, { ref, platform: AMD64 })).title).toContain(`${ref}:latest, `)
  })

  it('goes stale with time, by the days that are set', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' })
    await run(desk)
    desk.world.memory.advance(29 * DAY_MS)
    expect(await stateOf(desk, AMD64)).toBe('native')
    const strict = { ...desk.context, badges: { staleAfterDays: 7 } }
    expect(await readBadge(strict, { ref, platform: AMD64 })).toMatchObject({
      state: 'stale',
      title: expect.stringContaining('too old'),
    })
    desk.world.memory.advance(2 * DAY_MS)
    expect(await stateOf(desk, AMD64)).toBe('stale')
  })
})

describe('a tag that moved', () => {
  it('makes the badge stale, until what it is now was run too', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' }, {})
    await run(desk)
    desk.world.put({ architecture: 'amd64' })
    expect(await stateOf(desk, AMD64)).toBe('native')
    desk.world.memory.advance(SIX_MINUTES_MS)
    expect(await stateOf(desk, AMD64)).toBe('stale')
    expect(await stateOf(desk, POWER)).toBe('missing')
    expect(await stateOf(desk)).toBe('stale')
    await run(desk)
    expect(await stateOf(desk, AMD64)).toBe('native')
  })

  it('leaves the badge of a digest as it is, and asks nobody for it', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' })
    const id = await run(desk)
    const digest = (await desk.context.store.reports.get(id))?.digest
    desk.world.put({})
    desk.world.memory.advance(SIX_MINUTES_MS)
    const { headed, asked } = desk.world.memory.source
    const before = headed.length + asked.length
    expect(await stateOf(desk, AMD64, `${ref}@${digest}`)).toBe('native')
    expect(headed.length + asked.length).toBe(before)
  })

  it('that is another validated digest is validated', async () => {
    await using desk = await startDeskWorld()
    const { source } = desk.world.memory
    desk.world.put({ architecture: 'amd64' })
    await run(desk)
    desk.world.put({ architecture: 'amd64' })
    await run(desk, { ref: `${ref}@${source.tags.get('latest')}` })
    desk.world.memory.advance(SIX_MINUTES_MS)
    expect(await stateOf(desk, AMD64)).toBe('native')
  })

  it('is missing when the registry has it no more', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' })
    await run(desk)
    desk.world.memory.source.tags.delete('latest')
    desk.world.memory.advance(SIX_MINUTES_MS)
    expect(await readBadge(desk.context, { ref, platform: AMD64 })).toMatchObject({
      state: 'missing',
      title: expect.stringContaining('no such tag'),
    })
  })
})

describe('the registry', () => {
  it('is asked only about tags that were run, by one HEAD every five minutes', async () => {
    await using desk = await startDeskWorld()
    const { source } = desk.world.memory
    desk.world.put({ architecture: 'amd64' })
    const count = () => source.headed.length + source.asked.length
    await stateOf(desk, AMD64)
    await stateOf(desk, AMD64, `${ref}:other`)
    expect(count()).toBe(0)
    await run(desk)
    const before = count()
    await stateOf(desk, AMD64)
    expect(count()).toBe(before)
    desk.world.memory.advance(SIX_MINUTES_MS)
    await Promise.all([stateOf(desk, AMD64), stateOf(desk, POWER), stateOf(desk)])
    await stateOf(desk, AMD64)
    expect(count()).toBe(before + 1)
  })

  it.each(['registry_unavailable', 'unauthorised', 'rate_limited'] as const)(
    'that answers %s leaves what was last seen',
    async (code) => {
      await using desk = await startDeskWorld()
      desk.world.put({ architecture: 'amd64' })
      await run(desk)
      desk.world.memory.source.failures.set('latest', new AppError(code, 'no'))
      desk.world.memory.advance(SIX_MINUTES_MS)
      expect(await stateOf(desk, AMD64)).toBe('native')
    },
  )

  it('that does not answer holds a badge up for two seconds at most', async () => {
    await using desk = await startDeskWorld()
    desk.world.put({ architecture: 'amd64' })
    await run(desk)
    desk.world.memory.source.gate = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    desk.world.memory.advance(SIX_MINUTES_MS)
    const begun = performance.now()
    expect(await stateOf(desk, AMD64)).toBe('native')
    expect(performance.now() - begun).toBeLessThan(10_000)
  })
})

it.each([
  [{ ref: 'a//b' }, 'reference_invalid'],
  [{ ref, platform: 'a/b/c/d' }, 'platform_invalid'],
  [{ ref: `${ref}@sha256:1` }, 'digest_invalid'],
])('%j is refused', async (query, code) => {
  await using desk = await startDeskWorld()
  await expect(readBadge(desk.context, query)).rejects.toMatchObject({ code })
})
