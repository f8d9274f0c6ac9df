import { describe, expect, test } from 'vitest'
import { createProxyChoice } from './proxy-choice.ts'

const choose = (noProxy: string, url: string) =>
  createProxyChoice({ https: 'http://proxy:3128', http: 'proxy:3129', noProxy })(new URL(url))?.href

describe('the proxy for a URL', () => {
  test.each<[string, string, string | undefined]>([
    ['', 'https://quay.io/', 'http://proxy:3128/'],
    ['', 'http://quay.io/', 'http://proxy:3129/'],
    ['', 'http://localhost:5000/', undefined],
    ['', 'https://127.0.0.1/', undefined],
    ['*', 'https://quay.io/', undefined],
    ['quay.io', 'https://quay.io/', undefined],
    ['quay.io', 'https://cdn.quay.io/', undefined],
    ['quay.io', 'https://notquay.io/', 'http://proxy:3128/'],
    ['.quay.io', 'https://quay.io/', undefined],
    ['*.quay.io', 'https://cdn.quay.io/', undefined],
    ['*.quay.io', 'https://quay.io/', 'http://proxy:3128/'],
    ['QUAY.IO.', 'https://quay.io/', undefined],
    ['a.example, quay.io', 'https://quay.io/', undefined],
    ['quay.io:443', 'https://quay.io/', undefined],
    ['quay.io:8443', 'https://quay.io/', 'http://proxy:3128/'],
    ['quay.io:8443', 'https://quay.io:8443/', undefined],
    ['10.0.0.0/8', 'https://10.1.2.3/', undefined],
    ['10.0.0.0/8', 'https://11.1.2.3/', 'http://proxy:3128/'],
    ['10.0.0.0/8', 'https://quay.io/', 'http://proxy:3128/'],
    ['fd00::/8', 'https://[fd00::1]/', undefined],
    ['10.1.2.3', 'https://10.1.2.3/', undefined],
    ['[fd00::1]:8443', 'https://[fd00::1]:8443/', undefined],
    ['fd00::1', 'https://[fd00::1]/', undefined],
    [':', 'https://quay.io/', 'http://proxy:3128/'],
  ])('NO_PROXY=%j, %s', (noProxy, url, proxy) => {
    expect(choose(noProxy, url)).toBe(proxy)
  })

  test('none where none is set', () => {
    expect(createProxyChoice({ https: '' })(new URL('https://quay.io/'))).toBeUndefined()
    expect(createProxyChoice({ http: 'http://p' })(new URL('https://quay.io/'))).toBeUndefined()
  })

  test.each(['socks5://proxy:1080', 'http://[', 'ftp://x'])('%s is refused', (https) => {
    expect(() => createProxyChoice({ https })).toThrow(expect.objectContaining({ code: 'settings_invalid' }))
  })
})
