import { describe, expect, test } from 'vitest'
import type { FakeHandler } from './testing/fake-registry.ts'
import { collect, failureOf, openFake } from './testing/open-fake.ts'

const page = (tags: unknown, link?: string) =>
  Response.json({ name: 'org/app', tags }, link === undefined ? {} : { headers: { link } })
const list = async (handler: FakeHandler) => {
  const { source, registry } = await openFake(handler)
  return { pages: collect(source.listTags()), registry, source }
}

describe('tags come page by page', () => {
  test('a single page, asked for with n', async () => {
    const { pages, registry } = await list(() => page(['a', 'b']))
    expect(await pages).toEqual([['a', 'b']])
    expect(registry.lines).toEqual(['GET /v2/org/app/tags/list?n=1000'])
  })

  test.each<[string, unknown]>([
    ['null', null],
    ['empty', []],
    ['absent', undefined],
  ])('%s is no tags', async (_, tags) => {
    expect(await (await list(() => page(tags))).pages).toEqual([])
  })

  test.each([
    ['relative with an opaque token', (): string => '?next_page=gAAAA%3D%3D'],
    ['absolute path', () => '/v2/org/app/tags/list?n=1000&last=a'],
    ['absolute', (origin: string) => `${origin}/v2/org/app/tags/list?last=a`],
    [
      'absolute with the scheme of a proxy before it',
      (origin: string) => `${origin.replace('http:', 'https:')}/more`,
    ],
  ])('a Link that is %s is followed, also from a short page', async (_, link) => {
    const { pages, registry } = await list(() =>
      registry.lines.length === 1 ? page(['a'], `<${link(registry.origin)}>; rel="next"`) : page(['b']),
    )
    expect(await pages).toEqual([['a'], ['b']])
    expect(registry.lines).toHaveLength(2)
  })

  test('an empty page may have a next one', async () => {
    const { pages, registry } = await list(() =>
      registry.lines.length === 1 ? page(null, '</2>; rel="next"') : page(['b']),
    )
    expect(await pages).toEqual([['b']])
  })

  test('names that are no tags are left out', async () => {
    expect(await (await list(() => page(['ok', '../x', '', '-a', 'x'.repeat(129)]))).pages).toEqual([['ok']])
  })

  test('a registry that refuses n is asked without', async () => {
    const { pages, registry } = await list((request) =>
      request.url.includes('n=')
        ? Response.json({ errors: [{ code: 'PAGINATION_NUMBER_INVALID' }] }, { status: 400 })
        : page(['a']),
    )
    expect(await pages).toEqual([['a']])
    expect(registry.lines).toEqual(['GET /v2/org/app/tags/list?n=1000', 'GET /v2/org/app/tags/list'])
  })

  test('what came stays, although a later page fails', async () => {
    const { source, registry } = await openFake(() =>
      registry.lines.length === 1 ? page(['a'], '</2>; rel="next"') : new Response(null, { status: 404 }),
    )
    const seen: string[] = []
    const work = (async () => {
      for await (const tags of source.listTags()) seen.push(...tags)
    })()
    await failureOf(work)
    expect(seen).toEqual(['a'])
  })

  test('who stops reading stops asking', async () => {
    const { source, registry } = await openFake(() => page(['a'], `</${Math.random()}>; rel="next"`))
    for await (const _ of source.listTags()) break
    expect(registry.lines).toHaveLength(1)
  })
})

describe('lists that are not followed to the end', () => {
  test.each<[string, FakeHandler, string]>([
    ['to another host', () => page(['a'], '<https://evil.example/v2/x>; rel="next"'), 'registry_protocol'],
    ['in a circle', () => page(['a'], '</v2/org/app/tags/list?n=1000>; rel="next"'), 'registry_protocol'],
    ['without end', () => page(['a'], `</${Math.random()}>; rel="next"`), 'tags_too_many'],
    ['400 without n too', () => new Response('{}', { status: 400 }), 'registry_protocol'],
    ['not a list', () => page('many'), 'registry_protocol'],
    ['numbers', () => page([1, 2]), 'registry_protocol'],
    ['not JSON', () => new Response('tags!'), 'registry_protocol'],
    ['a web page', () => new Response('<html>'), 'registry_protocol'],
    ['more than 8 MiB', () => new Response(' '.repeat((8 << 20) + 1)), 'tags_too_many'],
    [
      'unknown',
      () => Response.json({ errors: [{ code: 'NAME_UNKNOWN' }] }, { status: 404 }),
      'repository_unknown',
    ],
  ])('%s', async (_, handler, code) => {
    const { pages } = await list(handler)
    expect(await failureOf(pages)).toMatchObject({ code })
  })

  test('100,001 tags are too many, and those before were given', async () => {
    const { source } = await openFake(() => page(Array.from({ length: 100_001 }, (_, n) => `t${n}`)))
    let seen = 0
    const work = (async () => {
      for await (const tags of source.listTags()) seen += tags.length
    })()
    expect(await failureOf(work)).toMatchObject({ code: 'tags_too_many' })
    expect(seen).toBe(100_000)
  })
})
