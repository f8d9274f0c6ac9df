import { describe, expect, test } from 'vitest'
import { createPlainHttpRule } from './plain-http.ts'
import { isRedirect, redirectTarget } from './redirect.ts'

const plain = createPlainHttpRule(['store.corp'])
const from = new URL('https://registry.example/v2/a/blobs/b')
const local = new URL('http://localhost:5000/v2/a/blobs/b')

describe('redirects that are followed', () => {
  test.each<[string, URL, string]>([
    ['https://cdn.example/x?sig=1', from, 'https://cdn.example/x?sig=1'],
    ['/x', from, 'https://registry.example/x'],
    ['//cdn.example/x', from, 'https://cdn.example/x'],
    ['https://cdn.example/x#part', from, 'https://cdn.example/x'],
    ['http://localhost:9000/x', local, 'http://localhost:9000/x'],
    ['http://store.corp/x', local, 'http://store.corp/x'],
    ['https://cdn.example/x', local, 'https://cdn.example/x'],
  ])('%s', (location, origin, target) => {
    expect(redirectTarget(location, [origin], plain).href).toBe(target)
  })
})

describe('redirects that are refused', () => {
  test.each<[string, string | undefined, URL[], string]>([
    ['downgrade', 'http://cdn.example/x', [from], 'redirect_refused'],
    ['downgrade to loopback', 'http://localhost/x', [from], 'redirect_refused'],
    ['plain http elsewhere', 'http://cdn.example/x', [local], 'redirect_refused'],
    ['another protocol', 'file:///etc/passwd', [from], 'redirect_refused'],
    ['a login', 'https://user:secret@cdn.example/', [from], 'redirect_refused'],
    ['a circle', '/b', [new URL('/b', from), from], 'redirect_refused'],
    ['itself', from.href, [from], 'redirect_refused'],
    ['the sixth', '/6', [0, 1, 2, 3, 4, 5].map((n) => new URL(`/${n}`, from)), 'redirect_refused'],
    ['no Location', undefined, [from], 'registry_protocol'],
    ['no URL', 'https://[', [from], 'registry_protocol'],
  ])('%s', (_, location, visited, code) => {
    expect(() => redirectTarget(location, visited, plain)).toThrow(expect.objectContaining({ code }))
  })

  test('the message holds neither a query nor a login', () => {
    expect(() => redirectTarget('http://user:pw@cdn.example/x?sig=secret', [from], plain)).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/secret|pw|user/) }),
    )
  })
})

test.each([301, 302, 303, 307, 308])('%d is a redirect', (status) => expect(isRedirect(status)).toBe(true))
test.each([200, 300, 304, 305, 401, 404])('%d is none', (status) => expect(isRedirect(status)).toBe(false))
