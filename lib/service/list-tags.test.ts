import { describe, expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { tagsQuery } from '#lib/api/tags.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { detailTags } from './detail-tags.ts'
import { listTags } from './list-tags.ts'
import { memoryContext } from './testing/memory-context.ts'
import { type TagsEvent, watchTags } from './watch-tags.ts'

const REPOSITORY = 'registry.test/lab/app'
const ALL = ['amd64', 'arm64', 'ppc64le', 's390x']

function release(version: string, architectures: readonly string[] = ALL) {
  const children = architectures.map((architecture) =>
    buildImage({ architecture, config: { Labels: { version } } }),
  )
  return { index: buildIndex({ children, annotations: { version } }), children }
}

function seeded() {
  const lab = memoryContext()
  for (const version of ['1.9.0', '1.10.0', '1.8.0']) lab.source.put(release(version).index, version)
  lab.source.put(release('1.11.0', ['amd64', 'arm64', 's390x']).index, '1.11.0')
  const list = (query: Record<string, string> = {}) =>
    listTags(lab.context, tagsQuery.parse({ repository: REPOSITORY, ...query }))
  return { ...lab, list }
}

const names = (answer: { tags: readonly { name: string }[] }) => answer.tags.map((tag) => tag.name)

describe('a page of tags', () => {
  it('has the newest version first, each resolved by its index alone', async () => {
    const { list, source } = seeded()
    const answer = await list()
    expect(names(answer)).toEqual(['1.11.0', '1.10.0', '1.9.0', '1.8.0'])
    expect(answer.complete).toBe(true)
    expect(answer.tags.every((tag) => tag.state === 'resolved' && tag.kind === 'index')).toBe(true)
    expect(source.asked).toHaveLength(4)
  })

  it('pages by cursor to the end', async () => {
    const { list } = seeded()
    const first = await list({ limit: '3' })
    expect(first.nextCursor).toBeDefined()
    const second = await list({ limit: '3', cursor: first.nextCursor ?? '' })
    expect([...names(first), ...names(second)]).toEqual(['1.11.0', '1.10.0', '1.9.0', '1.8.0'])
    expect(second.nextCursor).toBeUndefined()
  })

  it('resolves its own rows and no others', async () => {
    const { list, source } = seeded()
    await list({ limit: '1' })
    expect(source.asked).toEqual(['1.11.0'])
  })

  it('filters by what is missing, by platform and by text', async () => {
    const { list } = seeded()
    expect(names(await list({ missing: 'linux/ppc64le' }))).toEqual(['1.11.0'])
    expect(names(await list({ missing: 'ppc64el' }))).toEqual(['1.11.0'])
    expect(names(await list({ platform: 'linux/ppc64le' }))).toEqual(['1.10.0', '1.9.0', '1.8.0'])
    expect(names(await list({ q: '1.1' }))).toEqual(['1.11.0', '1.10.0'])
  })

  it('keeps a failure in its row', async () => {
    const { list, source } = seeded()
    source.failures.set('1.9.0', new AppError('manifest_invalid', 'It is broken.'))
    const answer = await list()
    expect(answer.complete).toBe(true)
    expect(answer.tags.find((tag) => tag.name === '1.9.0')).toMatchObject({
      state: 'failed',
      platforms: [],
      error: { code: 'manifest_invalid', detail: 'It is broken.' },
    })
    expect(answer.summary).toMatchObject({ failed: 1, resolved: 3 })
  })

  it('does not call missing what could not be looked at', async () => {
    const { list, source } = seeded()
    source.failures.set('1.9.0', new AppError('registry_unavailable', 'Gone.'))
    expect(names(await list({ missing: 'linux/ppc64le' }))).toEqual(['1.11.0'])
  })

  it('names the aliases of a digest', async () => {
    const { list, source } = seeded()
    const digest = source.tags.get('1.10.0')
    if (digest) source.tags.set('latest', digest)
    const answer = await list()
    expect(answer.tags.find((tag) => tag.name === '1.10.0')?.aliases).toEqual(['latest'])
  })

  it('takes young answers as they are, and asks again for old ones and on refresh', async () => {
    const { list, source, advance } = seeded()
    await list()
    source.asked.length = 0
    await list()
    expect([source.asked, source.headed]).toEqual([[], []])
    advance(6 * 60_000)
    await list()
    expect(source.asked).toEqual([])
    expect(source.headed).toHaveLength(4)
    source.asked.length = 0
    source.put(release('moved').index, '1.8.0')
    const answer = await list({ refresh: 'true' })
    expect(answer.tags.find((tag) => tag.name === '1.8.0')?.digest).toBe(source.tags.get('1.8.0'))
  })
})

it('a page that does not wait shows the last known names at once after a restart', async () => {
  const { list, restarted } = seeded()
  await list()
  const query = tagsQuery.parse({ repository: REPOSITORY, wait: 'false' })
  const answer = await listTags(restarted(), query)
  expect(names(answer)).toEqual(['1.11.0', '1.10.0', '1.9.0', '1.8.0'])
  expect(answer.summary.listedAt).toBe('2026-06-01T00:00:00.000Z')
  expect((await listTags(restarted(), query)).summary.listing).toBe('resolving')
  const waited = await listTags(restarted(), { ...query, wait: true })
  expect(waited.complete).toBe(true)
})

describe('TAG-ARCH tags', () => {
  function joined() {
    const lab = seeded()
    const { index, children } = release('2.0.0')
    lab.source.put(index, '2.0.0')
    for (const [i, architecture] of ALL.entries()) {
      const child = children[i]
      if (child) lab.source.put(child, `2.0.0-${architecture}`)
    }
    return lab
  }

  it('are rows of their own unless grouped', async () => {
    const { list } = joined()
    expect(names(await list())).toContain('2.0.0-ppc64le')
    const answer = await list({ group: 'true' })
    expect(names(answer)).not.toContain('2.0.0-ppc64le')
    const row = answer.tags.find((tag) => tag.name === '2.0.0')
    expect(row?.archTags?.every((arch) => arch.listed)).toBe(true)
  })

  it('tell when the index does not point at what they are now', async () => {
    const { list, source } = joined()
    source.put(
      buildImage({ architecture: 'ppc64le', config: { Labels: { rebuilt: 'yes' } } }),
      '2.0.0-ppc64le',
    )
    const row = (await list({ group: 'true' })).tags.find((tag) => tag.name === '2.0.0')
    const listed = Object.fromEntries(row?.archTags?.map((arch) => [arch.platform, arch.listed]) ?? [])
    expect(listed).toEqual({
      'linux/amd64': true,
      'linux/arm64': true,
      'linux/ppc64le': false,
      'linux/s390x': true,
    })
  })

  it('are not missing platforms: they hold one on purpose', async () => {
    const { list } = joined()
    expect(names(await list({ missing: 'linux/ppc64le' }))).toEqual(['1.11.0'])
  })
})

describe('what cannot be answered', () => {
  it('is the listing’s own error when nothing is known', async () => {
    const { list, source } = seeded()
    source.failures.set('tags/list', new AppError('unauthorised', 'Sign in.'))
    await expect(list()).rejects.toMatchObject({ code: 'unauthorised' })
    source.failures.clear()
    expect(names(await list())).toHaveLength(4)
  })
  it.each([
    [{ cursor: 'abc' }, 'request_invalid'],
    [{ missing: 'a/b/c/d' }, 'platform_invalid'],
  ])('%o is %s', async (query, code) => {
    await expect(seeded().list(query)).rejects.toMatchObject({ code })
  })
  it('a tag in place of a repository is told', async () => {
    const { context } = seeded()
    await expect(
      listTags(context, tagsQuery.parse({ repository: `${REPOSITORY}:1.0` })),
    ).rejects.toMatchObject({
      code: 'reference_invalid',
    })
  })
})

describe('details of rows in view', () => {
  it('bring sizes per platform', async () => {
    const { context, list } = seeded()
    await list()
    const { tags } = await detailTags(context, { repository: REPOSITORY, tag: ['1.10.0'] })
    expect(Object.keys(tags[0]?.sizes ?? {})).toEqual(ALL.map((arch) => `linux/${arch}`))
    expect(tags[0]?.sizeBytes).toBeGreaterThan(0)
  })
  it('try a failed row again', async () => {
    const { context, list, source } = seeded()
    source.failures.set('1.10.0', new AppError('registry_timeout', 'Slow.'))
    await list()
    source.failures.clear()
    const { tags } = await detailTags(context, { repository: REPOSITORY, tag: ['1.10.0'] })
    expect(tags[0]?.state).toBe('resolved')
  })
  it('leave out the size of a child that is not there', async () => {
    const { context, source } = seeded()
    const { index, children } = release('3.0.0')
    source.put(index, '3.0.0')
    source.remove(children[2]?.digest ?? '')
    const { tags } = await detailTags(context, { repository: REPOSITORY, tag: ['3.0.0'] })
    expect(Object.keys(tags[0]?.sizes ?? {})).toEqual(['linux/amd64', 'linux/arm64', 'linux/s390x'])
  })
  it('refuse what cannot be a tag', async () => {
    const { context } = seeded()
    await expect(detailTags(context, { repository: REPOSITORY, tag: ['a b'] })).rejects.toMatchObject({
      code: 'request_invalid',
    })
  })
})

describe('watching', () => {
  async function collect(events: AsyncIterable<TagsEvent>) {
    const seen: TagsEvent[] = []
    for await (const event of events) seen.push(event)
    return seen
  }

  it('resolves everything and ends with done', async () => {
    const { context } = seeded()
    const seen = await collect(watchTags(context, REPOSITORY, new AbortController().signal))
    const rows = seen.flatMap((event) => (event.event === 'rows' ? event.data.tags : []))
    expect(new Set(rows.map((row) => row.name)).size).toBe(4)
    expect(seen.at(-1)?.event).toBe('done')
    const summary = seen.findLast((event) => event.event === 'summary')
    expect(summary?.data).toMatchObject({
      summary: {
        listing: 'complete',
        resolved: 4,
        losses: [{ platform: 'linux/ppc64le', lostAt: '1.11.0' }],
      },
    })
  })

  it('stops asking when nobody watches any more', async () => {
    const { context, source } = seeded()
    const { promise, resolve } = Promise.withResolvers<void>()
    source.gate = (_, options) =>
      new Promise((pass, fail) => {
        resolve()
        options.signal?.addEventListener('abort', () => fail(options.signal?.reason))
        void pass
      })
    const leave = new AbortController()
    const work = collect(watchTags(context, REPOSITORY, leave.signal))
    await promise
    leave.abort()
    await work
    expect(context.listings.of(source.repository).row('1.9.0').state).toBe('pending')
  })

  it('pauses when the registry asks to wait, and goes on when watched again', async () => {
    const { context, source } = seeded()
    source.gate = async (_, options) => {
      if (options.background) throw new AppError('rate_limited', 'Less than a quarter is left.')
    }
    const seen = await collect(watchTags(context, REPOSITORY, new AbortController().signal))
    expect(seen.findLast((event) => event.event === 'summary')?.data).toMatchObject({
      summary: { listing: 'paused', problem: { code: 'rate_limited' } },
    })
    source.gate = async () => {}
    const again = await collect(watchTags(context, REPOSITORY, new AbortController().signal))
    expect(again.findLast((event) => event.event === 'summary')?.data).toMatchObject({
      summary: { listing: 'complete' },
    })
  })
})
