import { describe, expect, it } from 'vitest'
import { diffQuery } from './diff.ts'
import { parseBody, parseQuery, withHeaderKey } from './parse-request.ts'
import { repositoryUpdate } from './repositories.ts'
import { tagDetailsQuery, tagsQuery } from './tags.ts'

const query = (text: string) => new URLSearchParams(text)

describe('a key in the header', () => {
  const asked = (header?: string) =>
    new Request('http://archway.test', header === undefined ? {} : { headers: { 'Idempotency-Key': header } })
  it('is the request’s', () => {
    expect(withHeaderKey({}, asked(' build 7 '))).toEqual({ key: 'build 7' })
    expect(withHeaderKey({ key: 'a' }, asked('a'))).toEqual({ key: 'a' })
    expect(withHeaderKey({ key: 'a' }, asked())).toEqual({ key: 'a' })
    expect(withHeaderKey({}, asked())).toEqual({})
  })
  it.each([
    ['that is empty', '', 'is empty'],
    ['of spaces', '  ', 'is empty'],
    ['that is too long', 'x'.repeat(201), 'is longer than 200'],
    ['of other letters', 'f\u00fcnf', 'of ASCII'],
    ['other than the body’s', 'b', 'differ'],
  ])('%s is refused', (_, header, message) =>
    expect(() => withHeaderKey({ key: 'a' }, asked(header))).toThrow(
      expect.objectContaining({ code: 'request_invalid', message: expect.stringContaining(message) }),
    ),
  )
})

describe('a query', () => {
  it('has its defaults', () =>
    expect(parseQuery(tagsQuery, query('repository=r'))).toMatchObject({
      limit: 100,
      group: false,
      wait: true,
    }))
  it('reads numbers and switches', () =>
    expect(parseQuery(tagsQuery, query('repository=r&limit=1000&group=true&wait=0'))).toMatchObject({
      limit: 1000,
      group: true,
      wait: false,
    }))
  it('reads a repeated parameter as a list, and one as a list of one', () => {
    expect(parseQuery(tagDetailsQuery, query('repository=r&tag=a&tag=b')).tag).toEqual(['a', 'b'])
    expect(parseQuery(tagDetailsQuery, query('repository=r&tag=a')).tag).toEqual(['a'])
  })
  it('reads a list that may be left out', () => {
    expect(parseQuery(diffQuery, query('from=r')).unfold).toEqual([])
    expect(parseQuery(diffQuery, query('from=r&unfold=all')).unfold).toEqual(['all'])
    expect(parseQuery(diffQuery, query('from=r&unfold=checksum&unfold=generated')).unfold).toEqual([
      'checksum',
      'generated',
    ])
  })
  it.each(['from=r&cursor=nonsense', 'from=r&cursor=-1', 'from=r&cursor=1.5', 'from=r&unfold=nonsense'])(
    'of a diff, “%s” is refused',
    (text) =>
      expect(() => parseQuery(diffQuery, query(text))).toThrow(
        expect.objectContaining({ code: 'request_invalid' }),
      ),
  )
  it.each([
    '',
    'repository=',
    'repository=r&limit=0',
    'repository=r&limit=1001',
    'repository=r&limit=ten',
    'repository=r&sort=size',
    'repository=r&group=perhaps',
  ])('“%s” is refused', (text) =>
    expect(() => parseQuery(tagsQuery, query(text))).toThrow(
      expect.objectContaining({ code: 'request_invalid' }),
    ),
  )
  it('names every fault', () =>
    expect(() => parseQuery(tagsQuery, query('limit=0&sort=size'))).toThrow(/repository.*limit.*sort/s))
})

describe('a body', () => {
  const put = (body: string) => new Request('http://a/', { method: 'PUT', body })
  it('is read', async () =>
    expect(await parseBody(repositoryUpdate, put('{"repository":"r","pinned":true}'))).toEqual({
      repository: 'r',
      pinned: true,
    }))
  it.each(['', '{', '[]', 'null', '{"repository":7}', `{"repository":"${'a'.repeat(1 << 20)}"}`])(
    '“%.20s” is refused',
    async (body) =>
      expect(parseBody(repositoryUpdate, put(body))).rejects.toMatchObject({ code: 'request_invalid' }),
  )
  it('without end is read no further than it may', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1 << 16
        controller.enqueue(new Uint8Array(1 << 16))
      },
    })
    const request = new Request('http://a/', { method: 'PUT', body, duplex: 'half' } as RequestInit)
    await expect(parseBody(repositoryUpdate, request)).rejects.toMatchObject({ code: 'request_invalid' })
    expect(sent).toBeLessThan(2 << 20)
  })
})
